// The explore panel: the numbers move as a slider does, by the formula of debates/analysis/acceptance.py.
//   <form data-explore> holds an element [data-explore-line="ID"] for every line, the claim first. On it:
//     [data-parent] the line above   [data-stance]   [data-same] the line whose value it has
//   and in it its value, [data-value], or [data-no-value] where it has none; where the line is rated, an
//   <input type="range">: left of 0 it is not rated.
//   The ratings go into the address, so that a reload or a copied address has them.
import { whenShown } from "./status.js";

const START = 0.5;

function quadraticEnergy(supporting, opposing) {
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const energy = sum(supporting) - sum(opposing);
  const pull = energy ** 2 / (1 + energy ** 2);
  return energy > 0 ? START + (1 - START) * pull : START - START * pull;
}

/** The value of every line by its id; undefined where it does not count. */
function values(lines) {
  const byId = new Map(lines.map((line) => [line.dataset.exploreLine, line]));
  const below = new Map(lines.map((line) => [line.dataset.exploreLine, []]));
  for (const line of lines.slice(1)) below.get(line.dataset.parent).push(line);
  const found = new Map();
  const valueOf = (id) => {
    if (!found.has(id)) found.set(id, find(id, byId.get(id)));
    return found.get(id);
  };
  const find = (id, line) => {
    const counted = below.get(id).filter((each) => valueOf(each.dataset.exploreLine) !== undefined);
    if (counted.length) {
      const of = (stance) =>
        counted.filter((each) => each.dataset.stance === stance).map((each) => valueOf(each.dataset.exploreLine));
      return quadraticEnergy(of("supports"), of("opposes"));
    }
    if (line.dataset.same) return valueOf(line.dataset.same);
    const rating = line.querySelector("input[type=range]")?.valueAsNumber;
    return rating >= 0 ? rating : undefined;
  };
  for (const id of byId.keys()) valueOf(id);
  return found;
}

const written = new Intl.NumberFormat(document.documentElement.lang || "en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

function show(line, value) {
  const told = value === undefined ? "" : written.format(value);
  line.querySelector("[data-value]").textContent = told;
  line.querySelector("[data-no-value]").hidden = value !== undefined;
  line.querySelector("svg rect")?.setAttribute("width", Math.round(100 * (value ?? 0)));
  const slider = line.querySelector("input[type=range]");
  slider?.setAttribute("aria-valuetext", told || line.querySelector("[data-no-value]").textContent);
}

function direction(value) {
  if (value === undefined) return "";
  const moved = Number((value - START).toFixed(4));
  return moved > 0 ? "up" : moved < 0 ? "down" : "even";
}

function follow(form) {
  const lines = [...form.querySelectorAll("[data-explore-line]")];
  const found = values(lines);
  for (const line of lines) show(line, found.get(line.dataset.exploreLine));
  const moved = direction(found.get(lines[0].dataset.exploreLine));
  for (const told of form.querySelectorAll("[data-moved]")) told.hidden = told.dataset.moved !== moved;
}

function keep(form) {
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => !(value < 0)));
  history.replaceState(history.state, "", `?${fields}`);
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("[data-explore]");
  if (form) follow(form);
});
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("[data-explore]");
  if (form) keep(form);
});

whenShown(() => {
  for (const form of document.querySelectorAll("[data-explore]")) follow(form);
});
