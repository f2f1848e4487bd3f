// On the page for the projector, the keys that a remote control sends, and the arrows, step from line to line.
import { TYPING } from "./lines.js";

const STEPS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };
const rtl = document.documentElement.dir === "rtl";

document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
  const way = STEPS[key];
  if (!way || ctrlKey || metaKey || altKey || defaultPrevented || target.matches?.(TYPING)) return;
  const turned = rtl && key.startsWith("Arrow") ? { next: "prev", prev: "next" }[way] : way;
  document.querySelector(`.presentation a[rel="${turned}"][href]`)?.click();
  event.preventDefault();
});
