// Hints, never content: what moved is fetched through its ordinary, checked view. A list only counts what waits.
document.addEventListener("live:moved", ({ detail: subject }) => {
  for (const element of document.querySelectorAll("[data-live-topic]")) {
    if (subject && !element.dataset.liveTopic.split(" ").includes(subject)) continue;
    if ("liveText" in element.dataset) count(element);
    else follow(element);
  }
});

// Nobody did anything: such a request keeps no login alive.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const byItself = "[data-by-itself], [data-live-topic]:not([data-live-text])";
  if (ctx.sourceElement.matches?.(byItself)) ctx.request.headers["X-By-Itself"] = "1";
});

function count(element) {
  element.dataset.count = Number(element.dataset.count ?? 0) + 1;
  element.textContent = element.dataset.liveText.replace("%s", element.dataset.count);
  element.hidden = false;
}

function follow(element) {
  const part = element.closest(element.getAttribute("hx-target"));
  const typing = part?.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  if (!window.htmx) return;
  if (typing) document.activeElement.addEventListener("blur", () => setTimeout(follow, 500, element), { once: true });
  else element.click();
}
