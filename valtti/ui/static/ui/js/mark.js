// The live mark: on, or not live since when. Not live for 40 s: the page asks by itself each 30 s.
let lost = Date.now();

document.addEventListener("live:open", () => {
  lost = 0;
  draw();
});
document.addEventListener("live:lost", () => (lost ||= Date.now()));
if (document.querySelector("[data-live-on]")) setInterval(draw, 5000);

setInterval(() => {
  if (document.body.dataset.live && isOff() && !document.hidden) {
    document.dispatchEvent(new CustomEvent("live:moved", { detail: "" }));
  }
}, 30000);

function isOff() {
  return lost > 0 && Date.now() - lost > 40000;
}

function draw() {
  document.querySelector("[data-live-on]").hidden = lost > 0;
  document.querySelector("[data-live-off]").hidden = !isOff();
  const since = document.querySelector("[data-live-since]");
  if (isOff()) since.textContent = new Date(lost).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
}
