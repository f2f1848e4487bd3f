// The box in which chosen words become a line: the template #essay-box, filled in and put below them. Sending it is the
// one request; what comes back swaps the paragraphs that look otherwise, the strip, and the box itself for #making[hidden].
import { keep } from "./composer.js";
import { rangeOf } from "./essay_text.js";
import { shown } from "./status.js";

const NARROW = matchMedia("(width < 62rem)");
const form = () => document.getElementById("make");
const words = () => document.getElementById("essay-words");
// crypto.randomUUID is there on secure pages alone, and a school's own machine may not be one.
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const isOpen = () => Boolean(form());

/** Open the box for `chosen` words, or give the open one these words instead of its own. */
export function open(chosen, kind) {
  const fresh = !form();
  if (fresh) document.getElementById("making")?.remove();
  const box = fresh
    ? document.getElementById("essay-box").content.firstElementChild.cloneNode(true)
    : document.getElementById("making");
  const range = rangeOf(chosen);
  range.endContainer.parentElement.closest(".essay__text").after(box);
  fill(form(), chosen, kind, fresh);
  CSS.highlights?.set("chosen", new Highlight(range));
  getSelection().removeAllRanges();
  if (fresh) window.htmx.process(box);
  shown();
  askForLines(true);
  keepInView(range, box);
  if (kind === "claim") document.getElementById("text-make").focus({ preventScroll: NARROW.matches });
}

function fill(into, { start, end, words: said }, kind, fresh) {
  const { elements, dataset } = into;
  Object.assign(elements.start, { value: start });
  Object.assign(elements.end, { value: end });
  Object.assign(elements.words, { value: said });
  into.querySelector("[data-words]").textContent = said;
  into.querySelector("[data-take]").hidden = true;
  dataset.draftKey = `essay-${document.querySelector(".essay").dataset.essay}-${start}-${end}`;
  for (const radio of into.querySelectorAll("[name=kind]")) radio.defaultChecked = radio.checked = radio.value === kind;
  if (fresh) {
    elements.key.value = newKey();
    elements.version.value = document.querySelector(".essay").dataset.version;
    elements.show.value = new URLSearchParams(location.search).get("show") ?? "";
  }
}

/** The lines near the chosen words; with `enter`, the focus goes to the first of them. */
async function askForLines(enter) {
  const { start, end, kind, parent } = Object.fromEntries(new FormData(form()));
  if (kind === "claim") return;
  const address = document.getElementById("make-q").getAttribute("hx-get");
  const query = new URLSearchParams({ start, end, parent: parent ?? "" });
  await window.htmx.ajax("GET", `${address}?${query}`, { target: "#make-lines", swap: "outerHTML" });
  if (enter) firstLine(kind)?.focus({ preventScroll: NARROW.matches });
  read();
}

/** Where choosing a line begins: the chosen one, else the first that may be, else the search for others. */
function firstLine(kind) {
  const offered = kind === "attach" ? "li:not([data-others]) [name=parent]" : "[name=parent]";
  return form()?.querySelector("[name=parent]:checked") ?? form()?.querySelector(offered) ?? document.getElementById("make-q");
}

/** The pair read aloud names the line that is chosen. */
function read() {
  const line = form()?.querySelector("[name=parent]:checked")?.closest("label").querySelector("[data-line-text]");
  if (line) form().querySelector("[data-reading-parent]").textContent = line.textContent;
}

/** On a narrow screen the box is a sheet: the words stand above it. */
function keepInView(range, box) {
  const { top, bottom } = range.getBoundingClientRect();
  const room = NARROW.matches ? innerHeight - box.offsetHeight : innerHeight;
  if (NARROW.matches && (bottom > room - 16 || top < 0)) scrollBy({ top: Math.min(bottom - room + 24, top - 24), behavior: "instant" });
}

export function close() {
  if (!form()) return false;
  keep(form());
  document.getElementById("making").remove();
  CSS.highlights?.delete("chosen");
  words().focus({ preventScroll: true });
  return true;
}

document.addEventListener("change", ({ target }) => {
  if (!target.closest?.("#make")) return;
  if (target.name === "kind" && !form().querySelector("[name=parent]")) askForLines(false);
  if (target.name === "parent") read();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#make [data-close]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    close();
  }
});
