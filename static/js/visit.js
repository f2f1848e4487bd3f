// A page of a topic tells the site that it was seen, once, as soon as somebody looks at it: what it shows is no longer
// new on their desk. A page that was fetched ahead, or lies in a tab that nobody has opened yet, has not been seen.
//   <form hidden data-visit action="…"> with the number of the newest change on the page.

function tell() {
  if (document.visibilityState !== "visible") return;
  for (const form of document.querySelectorAll("form[data-visit]")) {
    const sent = { method: "POST", body: new FormData(form), headers: { "HX-Request-Type": "partial" }, keepalive: true };
    // Nobody waits for it: where it fails, the next page says it again.
    fetch(form.action, sent).catch(() => {});
    form.remove();
  }
}

document.addEventListener("visibilitychange", tell);
document.addEventListener("htmx:after:swap", tell);
tell();
