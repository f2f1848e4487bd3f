// <button type="button" hidden data-js data-copy="text"> copies its text; data-copy-from="#id" that element's text.
import { say, word } from "./status.js";

const SHOWN_MS = 2000;

/** Say it in the button itself for a moment, keeping the icon. */
function answer(control, text) {
  const label = [...control.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!label || control.dataset.answered) return;
  const before = label.data;
  control.dataset.answered = "yes";
  label.data = text;
  setTimeout(() => {
    label.data = before;
    delete control.dataset.answered;
  }, SHOWN_MS);
}

document.addEventListener("click", async ({ target }) => {
  const control = target.closest?.("[data-copy], [data-copy-from]");
  if (!control) return;
  const from = control.dataset.copyFrom && document.querySelector(control.dataset.copyFrom);
  const text = from ? (from.value ?? from.textContent.trim()) : control.dataset.copy;
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  const outcome = word(done ? "copied" : "notCopied");
  answer(control, outcome);
  say(outcome);
});
