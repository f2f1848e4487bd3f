// Making lines of an essay: words are chosen by mouse, touch, or by the keys below while the text has the focus, and the
// tools beside them open the box (essay_box.js). Without this script the number of a sentence is a link that does so.
//   n, p              the next, the previous sentence; with Shift, one more, one less
//   c, s, o, a        a claim; because; but; for a line that is there
//   Esc               let go of the words, close the box
import { close, isOpen, open } from "./essay_box.js";
import { renumber } from "./essay_pairs.js";
import { chosenIn, rangeOf, sentences } from "./essay_text.js";
import { TYPING } from "./lines.js";

const STILL_MS = 200;
const KINDS = { c: "claim", s: "supports", o: "opposes", a: "attach" };

const text = document.getElementById("essay-words");
const template = document.getElementById("essay-tools");
const tools = template?.content.firstElementChild.cloneNode(true);
const keysOn = document.documentElement.dataset.keys === "on";
let chosen = null; // { start, end, words }
let anchor = -1; // the sentence from which the keys extend, to `head`
let head = -1;
let held = false; // a pointer is down
let timer = 0;

// -- what is chosen ---------------------------------------------------------------------------------------------

function letGo() {
  chosen = null;
  anchor = head = -1;
  tools.remove();
  return true;
}

/** Show the tools at the end of the chosen words. */
function offer(range) {
  const lines = range.getClientRects();
  const last = lines[lines.length - 1] ?? range.getBoundingClientRect();
  range.endContainer.parentElement.closest(".essay__part").append(tools);
  const frame = text.getBoundingClientRect();
  const left = Math.max(0, Math.min(last.right - frame.left - tools.offsetWidth, frame.width - tools.offsetWidth));
  tools.style.setProperty("--top", `${last.bottom - frame.top + 6}px`);
  tools.style.setProperty("--left", `${left}px`);
}

function look() {
  const selection = getSelection();
  if (held || tools.contains(document.activeElement) || document.activeElement?.closest?.("#make")) return;
  if (!selection.rangeCount || selection.isCollapsed) return void (chosen && letGo());
  const range = selection.getRangeAt(0);
  const found = text.contains(range.startContainer) ? chosenIn(range) : null;
  if (!found) return void letGo();
  if (chosen?.start !== found.start || chosen.end !== found.end) anchor = head = -1;
  chosen = found;
  offer(rangeOf(found));
}

function choose(first, last) {
  const all = sentences();
  if (!all.length) return false;
  [anchor, head] = [first, last].map((at) => Math.max(0, Math.min(at, all.length - 1)));
  const range = rangeOf({ start: all[Math.min(anchor, head)].start, end: all[Math.max(anchor, head)].end });
  chosen = chosenIn(range);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  offer(range);
  range.endContainer.parentElement.scrollIntoView({ block: "nearest" });
  const status = document.getElementById("essay-chosen");
  status.textContent = `${status.dataset.of} ${chosen.words}`;
  return true;
}

/** The sentence after which the keys go on: that of the chosen words, else the one before the first in sight. */
function standing(all) {
  if (head >= 0) return head;
  if (chosen) return all.findLastIndex(({ start }) => start < chosen.end);
  const inSight = all.findIndex((sentence) => rangeOf(sentence).getBoundingClientRect().top >= 0);
  return (inSight < 0 ? all.length : inSight) - 1;
}

function step(by, extends_) {
  const at = standing(sentences());
  if (!extends_ || (anchor < 0 && !chosen)) return choose(at + by, at + by);
  return choose(anchor < 0 ? at : anchor, at + by);
}

function make(kind) {
  if (!chosen || !tools.querySelector(`[data-make="${kind}"]`)) return false;
  const words = chosen;
  letGo();
  open(words, kind);
  return true;
}

// -- keys and pointers --------------------------------------------------------------------------------------------

function act({ key, shiftKey }) {
  if (key === "Escape") return chosen ? letGo() && !getSelection().removeAllRanges() : close();
  const pressed = key.toLowerCase();
  if (pressed === "n") return step(1, shiftKey);
  if (pressed === "p") return step(-1, shiftKey);
  return KINDS[pressed] && !shiftKey ? make(KINDS[pressed]) : false;
}

function press(event) {
  const { target, key, ctrlKey, metaKey, altKey, isComposing } = event;
  const typing = target.matches(TYPING) || target.closest("#make");
  if (ctrlKey || metaKey || altKey || isComposing || ((typing || !keysOn) && key !== "Escape")) return;
  if (act(event)) event.preventDefault();
}

function follow(event) {
  const number = event.target.closest("a.essay__choose, a[data-sentence]");
  if (!number || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const at = Number(number.dataset.sentence ?? number.id.slice("sentence-".length)) - 1;
  choose(event.shiftKey && head >= 0 ? anchor : at, at);
  if (number.dataset.sentence) make("claim");
  else tools.querySelector("button").focus({ preventScroll: true });
}

function begin() {
  text.tabIndex = 0;
  text.setAttribute("aria-labelledby", "essay-title");
  text.setAttribute("role", "group");
  if (keysOn) for (const number of text.querySelectorAll(".essay__choose")) number.tabIndex = -1;
  tools.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected
  tools.addEventListener("click", ({ target }) => make(target.closest("[data-make]")?.dataset.make));
  text.addEventListener("keydown", press);
  text.addEventListener("click", follow);
  document.addEventListener("pointerdown", ({ target }) => (held = !tools.contains(target)));
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => {
      held = false;
      clearTimeout(timer);
      timer = setTimeout(look, STILL_MS / 4);
    });
  }
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(look, STILL_MS);
  });
  document.querySelector(".selection")?.scrollIntoView({ block: "center", behavior: "instant" });
  look(); // at what was chosen before this script had come
}

if (text && tools && Intl.Segmenter) begin();

document.addEventListener("htmx:after:swap", () => {
  if (!text || isOpen()) return;
  CSS.highlights?.delete("chosen");
  if (keysOn) for (const number of text.querySelectorAll(".essay__choose")) number.tabIndex = -1;
  renumber();
});
