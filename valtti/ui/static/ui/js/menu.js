// A menu that opens below its button closes when one presses elsewhere, leaves it, or presses Escape.
const open = () => document.querySelectorAll("details[data-menu][open]");

for (const what of ["click", "focusin"]) {
  document.addEventListener(what, ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  });
}

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
