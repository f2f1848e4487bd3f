// The polite status region (#messages), the translated sentences the page carries (#words), and what follows a swap:
// failures are said, focus is never lost, controls that need scripts ([data-js]) come out of hiding, and those
// that scripts make needless ([data-without-js]) go into it.

const words = document.getElementById("words")?.dataset ?? {};
const region = document.getElementById("messages");

/** The sentence `name` (data-name of #words), with its number put in place of "#". */
export function word(name, number = "") {
  return (words[name] ?? "").replace("#", number);
}

/** Tell everyone, screen readers too, what has just happened. */
export function say(text) {
  if (!region || !text) return;
  const line = document.createElement("div");
  line.className = "notice";
  line.textContent = text;
  region.replaceChildren(line);
}

/** Take back what is no longer so. */
export function unsay(text) {
  if (region?.textContent === text) region.replaceChildren();
}

/** A button made by a script; `action` is the data attribute that a delegated listener looks for. */
export function button(label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  made.textContent = label;
  made.setAttribute(action, "");
  return made;
}

/** Run `show` now and after every swap. It must not mind being run twice on the same elements. */
export function whenShown(show) {
  show();
  document.addEventListener("htmx:after:swap", () => show());
  document.addEventListener("shown", () => show());
}

/** Tell those that whenShown() keeps waiting of what a script has put into the page. */
export const shown = () => document.dispatchEvent(new Event("shown"));

// What floats over the page gives the space back after a while, but not under a pointer or the focus.
const SHOWN_MS = 10_000;
let fading = 0;

function fade() {
  if (region.matches(":hover, :focus-within")) fading = setTimeout(fade, SHOWN_MS);
  else region.replaceChildren();
}

function float() {
  clearTimeout(fading);
  const full = region.hasChildNodes();
  region.toggleAttribute("data-said", full);
  if (full) fading = setTimeout(fade, SHOWN_MS);
}

if (region) {
  new MutationObserver(float).observe(region, { childList: true });
  // A page that is loaded again, or at one of its lines, does not show its top.
  const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  if ((reloaded || document.querySelector(":target")) && region.hasChildNodes()) float();
}

whenShown(() => {
  for (const control of document.querySelectorAll("[hidden][data-js]")) control.hidden = false;
  for (const control of document.querySelectorAll("[data-without-js]")) control.hidden = true;
});

// Led to a part of the page that it shows, a browser would only scroll: the page is loaded again, at that part.
addEventListener("load", () => setTimeout(() => (history.scrollRestoration = "auto")));
document.addEventListener("again", ({ detail }) => {
  history.replaceState(history.state, "", detail.value);
  history.scrollRestoration = "manual";
  location.reload();
});

document.addEventListener("say", (event) => say(event.detail?.value ?? event.detail));

/** The sentence an error answer carries, if it carries one. */
export function sentence(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return (page.querySelector("[data-sentence]") ?? page.querySelector("h1"))?.textContent.trim();
}

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.sourceElement?.matches?.("[data-poll]")) return; // polling.js says it, once
  if (ctx.response.status >= 500) say(word("failed"));
  else if (ctx.response.status !== 429 && ctx.sourceElement?.querySelector?.("[data-composer-status]")) return;
  else if ([403, 404, 410, 429].includes(ctx.response.status)) say(sentence(ctx.text) || word("failed"));
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !ctx.response && !ctx.sourceElement?.closest("[data-draft-key], [data-poll]")) say(word("failed"));
});

// A swap that takes the focused element away would drop the reader at the top of the page.
let focused = false;
document.addEventListener("htmx:before:swap", () => {
  focused = document.activeElement !== document.body;
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!focused || document.activeElement !== document.body) return;
  const place = document.getElementById(ctx.target?.id ?? "") ?? document.getElementById("main");
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});
