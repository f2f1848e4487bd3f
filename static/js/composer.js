// Writing without losing a word.
//   <form class="composer" data-draft-key="KEY">; inside, all optional: [data-counter] and [data-reading-new] (the line
//   read aloud with its parent), which follow the first textarea, [data-composer-status] (a status region), and
//   input[name=key], the server's idempotency key, which makes sending twice the same as sending once.
// A draft of every field that one can fill in is kept on this device under the person's id. It is let go when the
// server says that the words are stored, by [data-draft-clear="KEY"] in an answer or a page, or when a line of the page
// already says the very same.
import { button, say, sentence, unsay, whenShown, word } from "./status.js";

const GENTLE = 160;
const MOST = 300;
const WAIT_MS = 300;
const SENDING_MS = 25_000; // a little more than the time-out of a request
const KEEP_MS = 30 * 24 * 3_600_000;
const FORMS = "form[data-draft-key]";
const NOT_TYPED = new Set(["hidden", "submit", "button", "reset", "password", "file", "fieldset", "output"]);

const person = document.documentElement.dataset.person ?? "";
const timers = new Map(); // form -> its pending save; a form is in here while it holds unsaved words
const sending = new WeakSet();
const pressed = new WeakMap(); // form -> the button it was last sent with
const seen = new WeakSet();

const areaOf = (form) => form.querySelector("textarea");
const statusOf = (form) => form.querySelector("[data-composer-status]");
const slot = (form, who = person) => `draft:${who}:${form.dataset.draftKey}`;
const fieldsOf = (form) => [...form.elements].filter(({ name, type }) => name && !NOT_TYPED.has(type));
const pressable = ({ type }) => type === "radio" || type === "checkbox";
const nameOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);
const plain = (text) => text.replace(/\s+/g, " ").trim();

function recall(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(name));
    return draft && Date.now() - draft.at < KEEP_MS ? draft : null;
  } catch {
    return null;
  }
}

function store(name, draft) {
  try {
    if (draft) localStorage.setItem(name, JSON.stringify(draft));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false; // the quota is full or storage is off: the words are still in the box
  }
}

/** Drafts that nobody came back for go. */
function purge() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("draft:") && !recall(name)) store(name, null);
  } catch {
    // storage is off, so there is nothing to purge
  }
}
purge();

function tell(form, text, ...controls) {
  statusOf(form)?.replaceChildren(text, ...controls);
}

const valueOf = (field) => (pressable(field) ? field.checked : field.value);

/** What the server sent in the field. */
function baseOf(field) {
  if (pressable(field)) return field.defaultChecked;
  if (field.type !== "select-one") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
}

const read = (form, of) => Object.fromEntries(fieldsOf(form).map((field) => [nameOf(field), of(field)]));
const blank = (value) => value === undefined || (typeof value === "string" && !value.trim());

/** The names of the fields in which two readings differ. */
const differing = (one, other) => Object.keys(one).filter((name) => one[name] !== other[name]);

export function keep(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const now = read(form, valueOf);
  const base = read(form, baseOf);
  const same = differing(now, base).every((name) => blank(now[name]));
  const kept = store(slot(form), same ? null : { now, base, at: Date.now() });
  if (!form.hasAttribute("data-unsent")) tell(form, kept && !same ? word("kept") : "");
}

function forget(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  form.removeAttribute("data-unsent");
  store(slot(form), null);
  store(slot(form, ""), null);
}

/** The counter and the pair read aloud follow the typing. */
function reflect(form) {
  const text = areaOf(form)?.value ?? "";
  const length = [...text].length;
  const counter = form.querySelector("[data-counter]");
  const reading = form.querySelector("[data-reading-new]");
  if (counter) {
    counter.textContent = length > GENTLE ? word("over", MOST - length) : word("left", GENTLE - length);
    counter.toggleAttribute("data-over", length > GENTLE);
  }
  if (reading) reading.textContent = plain(text) || reading.dataset.readingNew || "…";
}

/** What the lines of this page say. */
const saidHere = () =>
  new Set([...document.querySelectorAll("[data-line-link], .argument__text")].map((line) => plain(line.textContent)));

/** Whether words that no line of this page says yet wait under `key` for their box. */
export function draftWaits(key) {
  const draft = recall(`draft:${person}:${key}`) ?? recall(`draft::${key}`);
  return Boolean(draft?.now) && !saidHere().has(plain(draft.now.text ?? ""));
}

/** Put the words back into a form that the server sent empty, or as it stood when they were written. */
function restore(form, said) {
  const draft = recall(slot(form)) ?? recall(slot(form, ""));
  const base = read(form, baseOf);
  if (!draft?.now || differing(read(form, valueOf), base).length) return;
  const text = plain(draft.now.text ?? "");
  if (text && said.has(text)) return forget(form);
  if (differing(base, draft.base).some((name) => !blank(base[name]))) return;
  const lost = new Set(differing(base, { ...base, ...draft.now }));
  if (!lost.size) return;
  for (const field of fieldsOf(form).filter((each) => lost.has(nameOf(each)))) {
    if (pressable(field)) field.checked = draft.now[nameOf(field)];
    else field.value = draft.now[nameOf(field)];
    field.closest("details")?.setAttribute("open", "");
  }
  tell(form, word("restored"), button(word("discard"), "data-draft-discard"));
}

whenShown(() => {
  for (const { dataset } of document.querySelectorAll("[data-draft-clear]")) {
    for (const who of [person, ""]) store(`draft:${who}:${dataset.draftClear}`, null);
  }
  const fresh = [...document.querySelectorAll(FORMS)].filter((form) => !seen.has(form));
  if (!fresh.length) return;
  const said = saidHere();
  for (const form of fresh) {
    seen.add(form);
    restore(form, said);
    reflect(form);
  }
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.(FORMS);
  if (!form || !fieldsOf(form).includes(target)) return;
  reflect(form);
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(keep, WAIT_MS, form));
});

const keepAll = () => [...timers.keys()].forEach(keep);
addEventListener("pagehide", keepAll);
document.addEventListener("visibilitychange", () => document.hidden && keepAll());
addEventListener("pageshow", ({ persisted }) => persisted && document.querySelectorAll(FORMS).forEach((form) => release(form)));

function release(form) {
  sending.delete(form);
  form.removeAttribute("aria-busy");
}

// Capturing, so that a second press is swallowed before htmx or the browser acts on it.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches(FORMS)) return;
    if (sending.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    keep(form);
    pressed.set(form, event.submitter);
    sending.add(form);
    form.setAttribute("aria-busy", "true");
    setTimeout(release, SENDING_MS, form);
    tell(form, word("saving"));
  },
  true,
);

function formOf({ detail: { ctx } }) {
  const form = ctx?.sourceElement;
  return form?.matches?.(FORMS) ? form : null;
}

/** The server has not taken it: say so, keep the words, offer to send them again. */
function failed(form) {
  form.setAttribute("data-unsent", "");
  tell(form, word("offline"), button(word("retry"), "data-retry"));
  if (!statusOf(form)) say(word("offline"));
}

document.addEventListener("htmx:response:error", (event) => {
  const form = formOf(event);
  if (!form) return;
  const { response: { status }, text } = event.detail.ctx;
  if (status >= 500) failed(form);
  else tell(form, ([403, 404, 410].includes(status) && sentence(text)) || word("kept"));
});
document.addEventListener("htmx:error", (event) => {
  const form = formOf(event);
  if (form && !event.detail.ctx.response) failed(form);
});
document.addEventListener("htmx:finally:request", (event) => {
  const form = formOf(event);
  if (!form) return;
  release(form);
  if (statusOf(form)?.textContent === word("saving")) tell(form, "");
});

function send(form) {
  form.removeAttribute("data-unsent");
  unsay(word("offline"));
  const last = pressed.get(form);
  form.requestSubmit(last?.isConnected ? last : null);
}

addEventListener("online", () => {
  for (const form of document.querySelectorAll("form[data-unsent]")) send(form);
});

document.addEventListener("click", ({ target }) => {
  const form = target.closest?.(FORMS);
  if (!form) return;
  if (target.closest("[data-retry]")) send(form);
  if (!target.closest("[data-draft-discard]")) return;
  form.reset();
  forget(form);
  reflect(form);
  tell(form, "");
  (areaOf(form) ?? fieldsOf(form)[0])?.focus();
});

document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.(FORMS);
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".button--primary") ?? form.querySelector("button:not([type='button'], [hidden])"));
});
