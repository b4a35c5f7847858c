// What is typed lies on the server two seconds later; until then, and when the network is lost, it lies in this page.
const pending = new Map();

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (!form) return;
  clearTimeout(pending.get(form));
  pending.set(form, setTimeout(() => keep(form), 2000));
});

async function keep(form, leaving = false) {
  clearTimeout(pending.get(form));
  pending.delete(form);
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: leaving }).catch(() => null);
  const said = form.querySelector("[data-draft-said]");
  if (answer?.ok && said) said.textContent = await answer.text();
  if (!answer) pending.set(form, setTimeout(() => keep(form), 10000));
}

document.addEventListener("submit", ({ target }) => {
  clearTimeout(pending.get(target));
  pending.delete(target);
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) [...pending.keys()].forEach((form) => keep(form, true));
});

// On a phone the answer opens where one reads: its last line and its button come into sight.
document.addEventListener("focusin", ({ target, relatedTarget }) => {
  const form = target.closest("form[data-draft]");
  if (form && !form.contains(relatedTarget)) form.scrollIntoView({ block: "nearest" });
});
