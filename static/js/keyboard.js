// Keys for reading and writing without a pointer. On while <html data-keys="on">; never while typing, never with
// Ctrl, Alt or Meta except where noted. What templates give:
//   [data-line]            a line that can be the current one (card, outline line, the argument in focus). Within it:
//     [data-line-link]       Enter: the link to the line's own page
//     .outline__toggle, [data-toggle] or <details>    → opens, ← closes; then first child, parent
//     [data-move="up|down|left|right"]                Alt+arrow: a button that submits the move
//     [data-own="ADDRESS"]   on the line: it is the reader's to change, at ADDRESS; then e and Alt+arrow need no buttons
//   [data-add="supports|opposes|question"]            s, o, r      [data-edit]   e
//   .vote                  0 to 4 press the control of that value
//     These three stand outside the lists and serve what the page is about, or stand in a listed line and serve it.
//     A line without them is opened at its own page: LINK?add=STANCE, LINK#vote. The first has no fragment: where an
//     address has one, browsers do not give the focus to the box.
//   [data-up]              u, Esc: one level up        [data-undo]   z: take the last act back
//   [data-view="outline|map|essay|columns|history"]    g, then o m e t h
//   [data-help]            ? shows the section #keys of the page it links to
import { TYPING, current, isLeaving, leave, stand, up } from "./lines.js";
import { collapseAll, expandAll, isOpen } from "./outline.js";
import { button, word } from "./status.js";

const SEQUENCE_MS = 1500;
const VIEWS = { o: "outline", m: "map", e: "essay", t: "columns", h: "history" };
const ADDS = { s: "supports", o: "opposes", r: "question" };
const MOVES = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
const STEPS = { up: "up", down: "down", left: "out", right: "in" };

const rtl = document.documentElement.dir === "rtl";
const lines = () => [...document.querySelectorAll("[data-line]")].filter((line) => line.checkVisibility());
const toggleOf = (line) => line.querySelector(".outline__toggle[aria-controls], [data-toggle]");
const detailsOf = (line) => line.querySelector("details");

/** Press the first of the controls that exists; a link in the line comes before the page's. */
function press(...controls) {
  const control = controls.find(Boolean);
  control?.click();
  return Boolean(control);
}

function step(by) {
  const all = lines();
  const at = all.indexOf(current());
  return stand(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]);
}

function end(last) {
  return current() ? stand(lines().at(last ? -1 : 0)) : false;
}

function parentOf(line) {
  const place = line.closest("li");
  const above = place?.parentElement.closest("li")?.querySelector("[data-line]");
  return above === line ? null : above;
}

function isShut(line) {
  const toggle = toggleOf(line);
  return toggle ? !isOpen(toggle) : detailsOf(line)?.open === false;
}

function flip(line) {
  return press(toggleOf(line), detailsOf(line)?.querySelector("summary"));
}

function open() {
  const line = current();
  if (!line) return false;
  if (isShut(line)) return flip(line);
  const branch = document.getElementById(toggleOf(line)?.getAttribute("aria-controls")) ?? detailsOf(line);
  return stand(branch?.querySelector("[data-line]"));
}

function close() {
  const line = current();
  if (!line) return false;
  if ((toggleOf(line) || detailsOf(line)) && !isShut(line)) return flip(line);
  return stand(parentOf(line));
}

function collapse() {
  const parent = current() && parentOf(current());
  const branch = (parent ?? current())?.closest("li");
  if (branch) collapseAll(branch);
  return stand(parent ?? current());
}

function expand() {
  const branch = current()?.closest("li");
  if (branch) expandAll(branch);
  return Boolean(branch);
}

/** Whether the current line is one of a list, and not what the page is about, which the page's own controls serve. */
const listed = () => Boolean(current()?.closest("li"));

function onPage(control) {
  return press([...document.querySelectorAll(control)].find((found) => !found.closest("li [data-line]")));
}

/** Press `control` of the current line, or else open `part` of the page that the line has of its own. */
function onLine(control, part) {
  if (press(current()?.querySelector(control))) return true;
  const link = part && current()?.querySelector("[data-line-link]");
  if (link) leave(link.href + part);
  return Boolean(link);
}

const use = (control, part) => (!listed() && onPage(control)) || onLine(control, part);
const add = (stance) => use(`[data-add="${stance}"]`, `?add=${stance}`);

function edit() {
  const own = listed() && current().dataset.own;
  if (own) leave(`${own}wording/`);
  return Boolean(own) || use("[data-edit]");
}

/** Move `line` one step by the button that it has, or by the form that such a button would send. */
function move(line, way) {
  if (press(line.querySelector(`[data-move="${way}"]`))) return true;
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!line.dataset.own || !token) return false;
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: `${line.dataset.own}order/`, hidden: true });
  const next = `${location.pathname}${location.search}#${line.id}`;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token.value, step: STEPS[way], next })) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.requestSubmit();
  return true;
}

const vote = (value) => use(`.vote [value="${value}"]`, "#vote");

function search() {
  const box = document.getElementById("site-search");
  if (!box?.checkVisibility()) return press(document.querySelector(".search-link"));
  box.focus();
  return true;
}

/** The keyboard part of the help page, in a dialog; without it, the page itself. */
async function help() {
  const link = document.querySelector("[data-help]");
  const answer = await fetch(link.href).then((response) => response.text(), () => "");
  const keys = new DOMParser().parseFromString(answer, "text/html").getElementById("keys");
  if (!keys) return link.click();
  const dialog = document.createElement("dialog");
  const shut = button("", "data-close");
  shut.textContent = word("close");
  shut.addEventListener("click", () => dialog.close());
  dialog.className = "help-dialog";
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.append(shut, keys); // closing comes first, so that the dialog opens at its top
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => Boolean(current()) && step(1),
  ArrowUp: () => Boolean(current()) && step(-1),
  [rtl ? "ArrowLeft" : "ArrowRight"]: open,
  [rtl ? "ArrowRight" : "ArrowLeft"]: close,
  Home: () => end(false),
  End: () => end(true),
  "[": collapse,
  "]": expand,
  Enter: () => document.activeElement.matches("[data-line]") && press(current().querySelector("[data-line-link]")),
  Escape: up,
  u: up,
  e: edit,
  z: () => press([...document.querySelectorAll("[data-undo]")].find((control) => control.checkVisibility())),
  "/": search,
  "?": () => Boolean(help()),
};
for (const [key, stance] of Object.entries(ADDS)) keys[key] = () => add(stance);
for (const value of [0, 1, 2, 3, 4]) keys[value] = () => vote(value);

let going = -Infinity; // when "g" was pressed

function act(event) {
  const { key, timeStamp } = event;
  const view = timeStamp - going < SEQUENCE_MS && VIEWS[key];
  going = key === "g" ? timeStamp : -Infinity;
  return view ? press(document.querySelector(`[data-view="${view}"]`)) : keys[key]?.();
}

function ours({ target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented, timeStamp }) {
  if (isLeaving(timeStamp)) return false;
  if (document.documentElement.dataset.keys !== "on" || ctrlKey || metaKey || isComposing || defaultPrevented) return false;
  if (document.querySelector("dialog[open]") || target.closest?.(".map__frame, pre[tabindex]")) return false;
  const radio = target.matches?.("input[type='radio']");
  return !altKey && (radio ? true : !target.matches?.(TYPING));
}

document.addEventListener("keydown", (event) => {
  if (event.altKey && MOVES[event.key] && current()) {
    if (move(current(), MOVES[event.key])) event.preventDefault();
    return;
  }
  const arrow = event.key.startsWith("Arrow");
  if (!ours(event) || (arrow && event.target.matches("input"))) return;
  if (act(event)) event.preventDefault();
});
