// After a swap focus stays where it was, or goes to the heading of what is new.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const target = ctx.target instanceof Element ? ctx.target : null;
  ctx.heldFocus = target?.contains(document.activeElement) ? target.id : "";
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.heldFocus || document.activeElement !== document.body) return;
  const heading = document.getElementById(ctx.heldFocus)?.querySelector("h1, h2, h3, a, button");
  if (/^H\d$/.test(heading?.tagName)) heading.tabIndex = -1;
  heading?.focus();
});
