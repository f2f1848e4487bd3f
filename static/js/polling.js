// Parts of a page that ask for themselves every two seconds ([data-poll], by htmx). Each says which state it has
// (data-etag), and is answered 304 where that is still so. Nobody asks for what nobody sees: a page in a hidden tab
// waits, and asks as soon as it is seen. Where no answer comes, #stale says so until one does.

const stale = document.getElementById("stale");
const polls = (ctx) => ctx?.sourceElement?.matches?.("[data-poll]");

document.addEventListener("every", (event) => document.hidden && event.stopImmediatePropagation(), true);

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[hx-trigger^='every']")) part.dispatchEvent(new Event("every"));
});

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (polls(ctx) && ctx.sourceElement.dataset.etag) ctx.request.headers["If-None-Match"] = ctx.sourceElement.dataset.etag;
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!polls(ctx)) return;
  const failed = ctx.response.status >= 400;
  if (stale) stale.hidden = !failed;
  if (!failed) ctx.sourceElement.dataset.etag = ctx.response.headers.get("ETag") ?? "";
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (polls(ctx) && stale) stale.hidden = false;
});
