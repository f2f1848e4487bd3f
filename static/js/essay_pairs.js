// Pairs: hovering or focusing a passage shows its notes, and a note its passages.
//   [data-on="12 40"] on a mark: the notes of the passages that cover it; on a note or a line: the passages it rests on.
//   .passage__number leads to #note-KEY, .margin-notes__number back to the passage.

const shown = ["passage--here", "margin-notes__here"];
const isMark = (element) => element.matches("mark");

function keysOf(target) {
  const number = target.closest?.(".passage__number");
  if (number) return [number.hash.slice("#note-".length)];
  return target.closest?.("[data-on]")?.dataset.on.split(" ") ?? [];
}

function show({ target }) {
  const keys = keysOf(target);
  for (const name of shown) for (const element of document.querySelectorAll(`.${name}`)) element.classList.remove(name);
  for (const key of keys) {
    for (const element of document.querySelectorAll(`[data-on~="${CSS.escape(key)}"]`)) {
      element.classList.add(shown[isMark(element) ? 0 : 1]);
    }
  }
}

document.addEventListener("pointerover", show);
document.addEventListener("focusin", (event) => {
  show(event);
  // What a number alone does not say: the note, or the passage, that it leads to.
  if (event.target.matches?.(".passage__number, .margin-notes__number")) {
    event.target.setAttribute("aria-describedby", event.target.hash.slice(1));
  }
});

/** Count the passages anew, in the order of the text, after some of it was swapped. */
export function renumber() {
  const marks = [...document.querySelectorAll("mark[data-on]")];
  const keys = [...new Set(marks.flatMap((mark) => mark.dataset.on.split(" ")))];
  const numbers = new Map(keys.map((key, at) => [key, String(at + 1)]));
  for (const link of document.querySelectorAll(".passage__number, .margin-notes__again, .margin-notes__number")) {
    const own = link.dataset.on ?? link.closest("[data-on]")?.dataset.on;
    const number = numbers.get(link.matches(".margin-notes__number") ? own : link.hash.slice("#note-".length));
    if (number && link.textContent !== number) link.textContent = number;
  }
}
