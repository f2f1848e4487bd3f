// Moving about in the map: drag the ground, zoom with the buttons, + and −, or ctrl and the wheel. The frame scrolls
// natively, so arrow keys and touch need nothing from here. Branches open by links; place and scale survive that swap.
import { whenShown } from "./status.js";

const STEP = 1.25;
const LEAST = 0.2;
const READABLE = 0.6;
const NARROW = { width: 480, scale: 0.8 }; // on a phone what the root leads to is seen beside it
const MOST = 3;
const places = new Map(); // id of the map -> where its reader was

const frameOf = (map) => map.querySelector(".map__frame");
const drawingOf = (map) => map.querySelector("svg.map__drawing");

function scaleOf(map) {
  const drawing = drawingOf(map);
  return drawing.width.baseVal.value / drawing.viewBox.baseVal.width;
}

/** Redraw at `scale`, keeping the point of the drawing that lies at (x, y) of the frame where it is. */
function zoom(map, scale, x = frameOf(map).clientWidth / 2, y = frameOf(map).clientHeight / 2) {
  const frame = frameOf(map);
  const drawing = drawingOf(map);
  const next = Math.min(MOST, Math.max(LEAST, scale));
  const ratio = next / scaleOf(map);
  drawing.setAttribute("width", drawing.viewBox.baseVal.width * next);
  drawing.setAttribute("height", drawing.viewBox.baseVal.height * next);
  frame.scrollLeft = (frame.scrollLeft + x) * ratio - x;
  frame.scrollTop = (frame.scrollTop + y) * ratio - y;
}

/** All of its width, as long as it can be read; the height is for scrolling. */
function fit(map) {
  const { width } = drawingOf(map).viewBox.baseVal;
  const frame = frameOf(map);
  zoom(map, Math.min(1, Math.max(READABLE, frame.clientWidth / width)));
  frame.scrollTo(0, 0);
}

const moves = {
  in: (map) => zoom(map, scaleOf(map) * STEP),
  out: (map) => zoom(map, scaleOf(map) / STEP),
  fit,
};

document.addEventListener("click", ({ target }) => {
  const control = target.closest?.("[data-zoom]");
  if (control) moves[control.dataset.zoom]?.(control.closest(".map"));
});

document.addEventListener("keydown", (event) => {
  const map = event.target.matches?.(".map__frame") && event.target.closest(".map");
  const move = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
  if (!map || !move || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  moves[move](map);
});

/** Dragging the ground pans; a press on a box stays a press on its link. */
function drag(event) {
  const frame = event.currentTarget;
  if (event.button !== 0 || event.pointerType !== "mouse" || event.target.closest("a, button")) return;
  const start = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
  const move = (now) => frame.scrollTo(start.x - now.clientX, start.y - now.clientY);
  const end = () => {
    frame.removeEventListener("pointermove", move);
    frame.classList.remove("map__frame--held");
  };
  frame.setPointerCapture(event.pointerId);
  frame.classList.add("map__frame--held");
  frame.addEventListener("pointermove", move);
  frame.addEventListener("pointerup", end, { once: true });
  frame.addEventListener("pointercancel", end, { once: true });
  frame.focus({ preventScroll: true });
  event.preventDefault();
}

function wheel(event) {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const map = event.currentTarget.closest(".map");
  const box = event.currentTarget.getBoundingClientRect();
  zoom(map, scaleOf(map) * Math.exp(-event.deltaY / 300), event.clientX - box.x, event.clientY - box.y);
}

document.addEventListener("htmx:before:swap", () => {
  for (const map of document.querySelectorAll(".map[id]")) {
    const frame = frameOf(map);
    places.set(map.id, { scale: scaleOf(map), left: frame.scrollLeft, top: frame.scrollTop });
  }
});

whenShown(() => {
  for (const map of document.querySelectorAll(".map")) {
    const frame = frameOf(map);
    if (!frame || frame.dataset.moves) continue;
    frame.dataset.moves = "yes";
    frame.addEventListener("pointerdown", drag);
    frame.addEventListener("wheel", wheel, { passive: false });
    const place = places.get(map.id);
    if (place) zoom(map, place.scale);
    else if (frame.clientWidth < NARROW.width) zoom(map, NARROW.scale, 0, 0);
    if (place) frame.scrollTo({ left: place.left, top: place.top, behavior: "instant" });
  }
});
