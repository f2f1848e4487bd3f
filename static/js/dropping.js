// A file dropped on a form: [data-drop] around its <input type="file"> takes it as if it had been chosen there.
const fieldIn = (target) => target.closest?.("[data-drop]")?.querySelector("input[type='file']");

function over(event) {
  const field = fieldIn(event.target);
  if (!field || ![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  field.closest("[data-drop]").toggleAttribute("data-over", event.type === "dragover");
}

document.addEventListener("dragover", over);
document.addEventListener("dragleave", over);
document.addEventListener("drop", (event) => {
  const field = fieldIn(event.target);
  if (!field || !event.dataTransfer.files.length) return;
  event.preventDefault();
  field.closest("[data-drop]").removeAttribute("data-over");
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
