// Boxes that open where a button stood, and close again.
//   <li data-box> holds the button, and then the <form> with [data-close] and <template data-again>: the button once more.
//   [data-draft-of="KEY"] opens the box of that draft: while there is one, a button beside it says so and opens it.
// Where a box is the page itself, closing follows its link.
import { draftWaits, keep } from "./composer.js";
import { button, whenShown, word } from "./status.js";

function tellOfDrafts() {
  for (const opener of document.querySelectorAll("[data-draft-of]")) {
    const told = opener.previousElementSibling?.matches("[data-draft-open]") ? opener.previousElementSibling : null;
    const waits = draftWaits(opener.dataset.draftOf);
    if (told && !waits) told.remove();
    if (waits && !told) opener.before(button(word("draftHere"), "data-draft-open"));
  }
}

whenShown(tellOfDrafts);

/** The button in place of its box, with the focus on it. */
function close(form, again) {
  const place = form.closest("[data-box]");
  keep(form);
  place.replaceChildren(again.content.cloneNode(true));
  window.htmx?.process(place);
  tellOfDrafts();
  place.querySelector("a")?.focus();
}

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest?.("[data-draft-open]")) target.closest("[data-draft-open]").nextElementSibling.click();
  const link = target.closest?.("[data-close]");
  const form = link?.closest("[data-box] form");
  const again = form?.querySelector("template[data-again]");
  if (!again || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  close(form, again);
  // The address that opened the box would open it again.
  if (new URL(location).searchParams.has("add")) history.replaceState(history.state, "", link.href);
});
