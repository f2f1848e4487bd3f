// Grading without the mouse. The page works without this: radios, and buttons that save.
//   form[data-grade]: fieldset[data-criterion] with radios [data-key="0…9"]; [data-sum] follows what is chosen,
//   [data-level-text] says the chosen level. [data-grade-go="previous|following"] leads on, and saves before it leaves.
// Keys are on while <html data-keys="on">, and none of them is one while somebody types.
const form = document.querySelector("form[data-grade]");
const TYPING = "textarea, select, input:not([type='radio'])";
const help = document.getElementById("grading-keys");
const criteria = [...form.querySelectorAll("[data-criterion]")];
const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden");

const chosen = (criterion) => criterion.querySelector("input:checked");
const isOpen = (criterion) => !chosen(criterion)?.value;
const number = (text) => Number.parseFloat(String(text).replace(",", "."));

function isDirty() {
  return fields().some((field) =>
    field.type === "radio" ? field.checked !== field.defaultChecked : "defaultValue" in field && field.value !== field.defaultValue,
  );
}

function show(criterion) {
  const level = chosen(criterion);
  criterion.querySelector("[data-level-text]").textContent = level?.dataset.text ?? "";
  const scored = criterion.querySelector("[data-scored]");
  if (scored) scored.textContent = level?.value ? `${level.value} ` : "";
}

function add() {
  const levels = criteria.filter((each) => !("uncounted" in each.dataset)).map((each) => number(chosen(each)?.value));
  const marks = [...document.querySelectorAll("[data-points]")].map((field) => number(field.value));
  const points = [...levels, ...marks].filter(Number.isFinite);
  const sum = points.reduce((total, each) => total + each, 0);
  form.querySelector("[data-sum]").textContent = points.length ? String(Math.round(sum * 100) / 100) : "–";
}

/** The criterion that the keys are about: the one with the focus, else the first that is not scored. */
function here() {
  return document.activeElement?.closest?.("[data-criterion]") ?? criteria.find(isOpen) ?? criteria[0];
}

function stand(criterion) {
  (chosen(criterion) ?? criterion.querySelector("input")).focus();
  criterion.scrollIntoView({ block: "nearest" });
  return true;
}

/** The next criterion that is not scored, after `from` and then from the first. */
function nextOpen(from) {
  const at = criteria.indexOf(from);
  return [...criteria.slice(at + 1), ...criteria.slice(0, at + 1)].find(isOpen);
}

function choose(key) {
  const criterion = here();
  const level = criterion?.querySelector(`input[data-key="${key}"]`);
  if (!level) return false;
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
  const next = key === "0" ? criterion : (nextOpen(criterion) ?? criterion);
  return stand(next);
}

function save(how) {
  const button = form.querySelector(`button[value="${how}"]`);
  if (button) form.requestSubmit(button);
  return Boolean(button);
}

function enter() {
  const open = criteria.length ? nextOpen(here()) : null;
  return open && open !== here() ? stand(open) : save("next");
}

function go(which) {
  if (isDirty()) return save(which);
  const link = document.querySelector(`[data-grade-go="${which}"]`);
  link?.click();
  return Boolean(link);
}

function write() {
  form.elements.comment.focus();
  return true;
}

function explain() {
  help.open = !help.open;
  if (help.open) help.querySelector("summary").focus();
  return true;
}

function act(key) {
  if (/^[0-9]$/.test(key)) return choose(key);
  return { Enter: enter, "[": () => go("previous"), "]": () => go("following"), c: write, "?": explain }[key]?.();
}

function isOurs({ target, ctrlKey, metaKey, altKey, isComposing, key }) {
  if (document.documentElement.dataset.keys !== "on" || ctrlKey || metaKey || altKey || isComposing) return false;
  if (document.querySelector("dialog[open]") || target.matches(TYPING)) return false;
  return key !== "Enter" || !target.closest("a, button, summary");
}

// Before the keys of the site, which have others here.
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.(TYPING);
  if (event.key === "Escape" && typing) return stand(here());
  if (isOurs(event) && act(event.key)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

document.addEventListener("input", add);
form.addEventListener("change", ({ target }) => {
  const criterion = target.closest("[data-criterion]");
  if (criterion) show(criterion);
  add();
});

// Whoever goes on to another pupil takes nothing unsaved along.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-grade-go]");
  if (link && isDirty() && save(link.dataset.gradeGo || "stay")) event.preventDefault();
});
let leaving = false;
form.addEventListener("submit", () => {
  leaving = true;
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && isDirty()) event.preventDefault();
});
add();
if (criteria.length && !document.querySelector("[aria-invalid]")) stand(criteria.find(isOpen) ?? criteria[0]);
