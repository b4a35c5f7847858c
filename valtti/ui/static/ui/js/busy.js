// A pressed button shows that it works, and a second press is not a second deed.
const waiting = new Map();

document.addEventListener(
  "submit",
  (event) => {
    if (waiting.has(event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const button = event.submitter ?? event.target.querySelector("button:not([type=button])");
    const showing = setTimeout(() => button?.setAttribute("aria-busy", "true"), 100);
    // A download leaves the page where it is: nothing tells when it is over.
    const ending = setTimeout(() => free(event.target), 10000);
    waiting.set(event.target, { button, timers: [showing, ending] });
  },
  true,
);

function free(form) {
  const { button, timers = [] } = waiting.get(form) ?? {};
  timers.forEach(clearTimeout);
  button?.removeAttribute("aria-busy");
  waiting.delete(form);
}

addEventListener("pageshow", () => [...waiting.keys()].forEach(free));

// What was said stands until a person does something else. A region that takes longer than a second shows a bar.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const byItself = ctx.request.headers["X-By-Itself"] || ctx.sourceEvent?.type === "load";
  if (!byItself) document.getElementById("said")?.replaceChildren();
  ctx.slow = setTimeout(() => ctx.target?.setAttribute?.("aria-busy", "true"), 1000);
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  clearTimeout(ctx.slow);
  ctx.target?.removeAttribute?.("aria-busy");
  free(ctx.sourceElement);
});

// The network is lost: what was typed stays in the page, and the page says so.
document.addEventListener("htmx:error", ({ detail }) => {
  const words = document.querySelector("template[data-lost]");
  if (detail.ctx && words) document.getElementById("said").replaceChildren(words.content.cloneNode(true));
});
