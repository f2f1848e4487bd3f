// Branches that open and close.
//   <button class="outline__toggle" aria-expanded="true" aria-controls="ID"> … <ul id="ID">
// A branch that is not in the page yet: <a class="outline__toggle" href="…" aria-expanded="false" aria-controls="ID"
// hx-get="…" hx-target="#ID" hx-swap="outerHTML"> beside an empty <ul id="ID" hidden>; the first press lets htmx load it.
//   [data-expand-all="ID"], [data-collapse-all="ID"]: every branch inside ID that is here or one request away.

const MOST_LOADS = 12; // one press must not ask the server for a whole library

const toggles = (root) => [...root.querySelectorAll(".outline__toggle[aria-controls]")];
const branchOf = (toggle) => document.getElementById(toggle.getAttribute("aria-controls"));
const isHere = (branch) => Boolean(branch?.firstElementChild);

export const isOpen = (toggle) => toggle.getAttribute("aria-expanded") === "true";

function show(toggle, open) {
  toggle.setAttribute("aria-expanded", String(open));
  branchOf(toggle).hidden = !open;
}

/** Open everything below `root`; what is not here yet is asked for, up to a limit. */
export function expandAll(root) {
  let loads = 0;
  for (const toggle of toggles(root)) {
    if (isHere(branchOf(toggle))) show(toggle, true);
    else if (toggle.hasAttribute("hx-get") && loads++ < MOST_LOADS) toggle.click();
  }
}

/** Open every branch that hides `line`. */
export function reveal(line) {
  for (let branch = line.closest("ul[hidden]"); branch; branch = branch.parentElement.closest("ul[hidden]")) {
    const toggle = document.querySelector(`.outline__toggle[aria-controls="${branch.id}"]`);
    if (toggle) show(toggle, true);
    else branch.hidden = false;
  }
}

export function collapseAll(root) {
  for (const toggle of toggles(root)) if (isHere(branchOf(toggle))) show(toggle, false);
}

// Capturing, so that a branch that is already here neither follows its link nor asks the server again.
document.addEventListener(
  "click",
  (event) => {
    const toggle = event.target.closest?.(".outline__toggle[aria-controls]");
    if (!toggle || event.ctrlKey || event.metaKey || event.shiftKey || !isHere(branchOf(toggle))) return;
    event.preventDefault();
    event.stopPropagation();
    show(toggle, !isOpen(toggle));
  },
  true,
);

document.addEventListener("click", ({ target }) => {
  const all = target.closest?.("[data-expand-all], [data-collapse-all]");
  if (!all) return;
  const { expandAll: opened, collapseAll: closed } = all.dataset;
  const root = document.getElementById(opened ?? closed);
  if (root) (opened ? expandAll : collapseAll)(root);
});

document.addEventListener("htmx:after:swap", () => {
  for (const toggle of toggles(document)) {
    const branch = branchOf(toggle);
    if (isHere(branch)) toggle.setAttribute("aria-expanded", String(!branch.hidden));
  }
});
