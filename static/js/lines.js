// The current line: standing on one, leaving the page for another, and coming back to where one stood.
//   [data-line] is a line, with [data-line-link] to its own page; [data-up] leads one level up.
import { reveal } from "./outline.js";
import { whenShown } from "./status.js";

export const TYPING = "textarea, select, [contenteditable], input:not([type='checkbox'], [type='submit'], [type='button'])";
const LEAVING_MS = 3000;

whenShown(() => {
  for (const line of document.querySelectorAll("[data-line]:not([tabindex])")) line.tabIndex = -1;
});

export const current = () => document.activeElement?.closest("[data-line]");

export function stand(line) {
  if (!line) return false;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
  return true;
}

let leaving = -Infinity; // keys typed until then are meant for what is on its way

export const isLeaving = (time) => time < leaving;

function hold() {
  leaving = performance.now() + LEAVING_MS;
}

/** Go to `address`; what is typed until it is there is no key of this page. */
export function leave(address) {
  hold();
  location.assign(address);
}

addEventListener("beforeunload", hold);
document.addEventListener("click", ({ target }) => target.closest?.("[data-add]") && hold());
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(TYPING)) leaving = -Infinity;
});

const memory = {
  /** What was kept under `name` in this tab. */
  get: (name) => {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null; // storage is off
    }
  },
  set: (name, value) => {
    try {
      if (value) sessionStorage.setItem(name, value);
      else sessionStorage.removeItem(name);
    } catch {
      // storage is off: one comes back to the page, and not to the line
    }
  },
};
const here = () => location.pathname + location.search;

// From which line of an outline a page was opened, so that "up" leads back to it.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href]");
  const line = link?.closest(".outline [data-line], .found [data-line]");
  if (link) memory.set(`from:${link.pathname}`, line && link.matches("[data-line-link]") ? `${here()}#${line.id}` : "");
});

/** Back to the line of the outline that was opened, or to this line among those beside it. */
export function up() {
  const link = document.querySelector("[data-up]");
  const shown = document.querySelector("article.argument[id]");
  const from = link && memory.get(`from:${location.pathname}`);
  if (from) leave(from);
  else if (link && shown) leave(`${link.href.split("#")[0]}#${shown.id}`);
  else link?.click();
  return Boolean(link);
}

addEventListener("pagehide", () => memory.set(`stood:${here()}`, current()?.id));
addEventListener("pageshow", () => {
  leaving = -Infinity;
});

/** Where the focus belongs on a page that has just opened. */
function arrive() {
  const box = document.querySelector("main [autofocus]");
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const stood = back && memory.get(`stood:${here()}`);
  const line = document.getElementById(stood || location.hash.slice(1));
  if (document.activeElement !== document.body) return;
  if (box) return box.focus();
  if (!line?.matches("[data-line]")) return;
  reveal(line);
  stand(line);
}
arrive();
