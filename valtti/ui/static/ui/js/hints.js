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

// While an answer is under way, the next one waits for it.
const asking = new WeakSet();
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => asking.add(ctx.sourceElement));
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => asking.delete(ctx.sourceElement));

function count(element) {
  element.dataset.count = Number(element.dataset.count ?? 0) + 1;
  element.textContent = element.dataset.liveText.replace("%s", element.dataset.count);
  element.hidden = false;
}

// Several hints at once are one request; a link that htmx has not taken up yet would lead away from the page.
// What an answer under way replaces is looked up again by its topic: a hint that comes meanwhile is not lost.
const soon = new Map();

function follow({ dataset: { liveTopic } }) {
  clearTimeout(soon.get(liveTopic));
  soon.set(liveTopic, setTimeout(show, 250, liveTopic));
}

function show(topic) {
  soon.delete(topic);
  const element = document.querySelector(`[data-live-topic="${topic}"]:not([data-live-text])`);
  if (!window.htmx || !element) return;
  const part = element.closest(element.getAttribute("hx-target"));
  const field = document.activeElement;
  const typing = part?.contains(field) && field.matches("input:not([type=radio], [type=checkbox]), textarea") && field.value;
  if (typing) field.addEventListener("blur", () => follow(element), { once: true });
  else if ("htmxPowered" in element.dataset && !asking.has(element)) element.click();
  else follow(element);
}
