// Letters by physical key, so J is J on a Russian layout too; signs by character. Off while typing, off by choice.
const SIGNS = "/?";
let before = "";
let fading;

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return field?.form?.requestSubmit(sender(field.form));
  if (event.key === "Escape") return field?.blur();
  if (document.documentElement.dataset.keys === "off") return;
  if (field || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const press = pressed(event);
  if (!press) return;
  const found = find(`${before} ${press}`) ?? find(press);
  remember(press);
  if (found) event.preventDefault();
  if (found) use(found);
  else if (press === "j" || press === "k") move(press === "j" ? 1 : -1);
});

function pressed({ code, key, shiftKey }) {
  if (SIGNS.includes(key)) return key;
  if (shiftKey || !/^(Key|Digit)/.test(code)) return "";
  return code.at(-1).toLowerCase();
}

function find(press) {
  const named = document.querySelectorAll(`[data-key="${CSS.escape(press.trim())}"]`);
  return [...named].find((element) => !element.closest("[hidden], :disabled"));
}

// "g" and then a letter within a second
function remember(press) {
  before = press;
  clearTimeout(fading);
  fading = setTimeout(() => (before = ""), 1000);
}

function use(element) {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

function sender(form) {
  return form.querySelector("button:not([type=button]):not(:disabled)");
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-rows] a")].filter((row) => row.offsetParent);
  const current = rows.findIndex((row) => row === document.activeElement);
  const chosen = current >= 0 ? current : rows.findIndex((row) => row.closest("[aria-current]"));
  rows[Math.max(chosen + step, 0)]?.focus();
}
