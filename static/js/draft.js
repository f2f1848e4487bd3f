// Writing a draft: it is saved by itself, counted, and lines of the map are put into it.
//   <form data-autosave data-draft-key=…> with one <textarea>: sent two seconds after the last key, as its button would.
//     Its answer goes into #draft-saved. There, [data-said] says that it is stored; while #draft-conflict asks which of
//     two texts is to stay, nothing is sent. Until the server has the words, this device keeps them: see composer.js.
//   [data-words] follows the text. [data-insert="WORDS"] puts WORDS where the cursor is; [data-inserted] says so.
import { keep } from "./composer.js";
import { say } from "./status.js";

const WAIT_MS = 2000;
// As debates.drafting.paper.word_count counts.
const MARK = /^\s*(?:>\s?)*\s*(?:\d{1,9}[.)]|[-+*]|#{1,6})\s/gm;
const LETTER = /[\p{L}\p{N}]/u;

const form = () => document.querySelector("form[data-autosave]");
const areaOf = (of) => of.querySelector("textarea");
const inputsOf = (of) => [...of.querySelectorAll("input[type='text'], textarea")];
const words = (text) => text.replace(MARK, "").split(/\s+/).filter((word) => LETTER.test(word)).length;

let timer = 0;
let sent = null; // what the fields said when they were sent

function count(of) {
  const place = of.querySelector("[data-words]");
  if (place) place.textContent = words(areaOf(of).value);
}

const isDirty = (of) => inputsOf(of).some((field) => field.value !== field.defaultValue);

function save() {
  const of = form();
  if (!of || !isDirty(of) || document.getElementById("draft-conflict")) return;
  if (of.hasAttribute("aria-busy")) return later();
  of.requestSubmit(of.querySelector("button.button--primary"));
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, WAIT_MS);
}

document.addEventListener("input", ({ target }) => {
  const of = target.closest?.("form[data-autosave]");
  if (!of || !inputsOf(of).includes(target)) return;
  count(of);
  later();
});

document.addEventListener("submit", ({ target }) => {
  if (target === form()) sent = inputsOf(target).map((field) => field.value);
});

document.addEventListener("htmx:after:swap", () => {
  const of = form();
  const told = of?.querySelector("#draft-saved [data-said]");
  if (!told || !sent) return;
  inputsOf(of).forEach((field, at) => {
    field.defaultValue = sent[at];
  });
  sent = null;
  of.removeAttribute("data-unsent");
  of.querySelector("[data-composer-status]").replaceChildren(told.dataset.said);
  told.removeAttribute("data-said");
  if (!isDirty(of)) return;
  keep(of); // typed while the answer was on its way
  later();
});

// The headings under which reference lists stand: see debates.drafting.citations.
const REFERENCES = /\n*^#{1,6} +(?:References|Works Cited|Bibliography)[ #]*$/m;

/** Behind the text, as a paragraph of its own, but before its reference list. */
function append(area, text) {
  const at = area.value.search(REFERENCES);
  const end = at < 0 ? area.value.trimEnd().length : at;
  area.setSelectionRange(end, end);
  type(area, (end ? "\n\n" : "") + text + (at === 0 ? "\n\n" : ""));
}

/** At the cursor, apart from the words around it. */
function insert(area, text) {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  type(area, (/\S$/.test(before) ? " " : "") + text + (/^\S/.test(after) ? " " : ""));
}

/** As if it were typed, so that the browser can undo it. */
function type(area, text) {
  area.focus();
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

let placed = false; // whether the person has been in the text: else words go to its end
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("form[data-autosave] textarea")) placed = true;
});

document.addEventListener("click", ({ target }) => {
  const control = target.closest?.("[data-insert]");
  const area = control && form() && areaOf(form());
  if (!area) return;
  (placed ? insert : append)(area, control.dataset.insert);
  say(control.closest("[data-inserted]")?.dataset.inserted);
});
