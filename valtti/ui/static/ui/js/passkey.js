// Passkeys: asks the browser's own dialog, puts the answer into the form and sends it. Without scripts nothing is shown.
const CALLS = { login: askToLogIn, use: askToUse, make: askToMake };
const can = Boolean(window.PublicKeyCredential) && !/^[\d.]+$|^\[/.test(location.hostname);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !can;
  form.addEventListener("submit", (event) => start(event, form));
}

async function start(event, form) {
  event.preventDefault();
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const credential = await CALLS[form.dataset.passkey](form);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

async function askToLogIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return webauthnJSON.get((await answer.json()).request_options);
}

function askToUse() {
  return webauthnJSON.get(options().request_options);
}

function askToMake() {
  const made = options().creation_options;
  Object.assign(made.publicKey.authenticatorSelection, {
    residentKey: "required", requireResidentKey: true, userVerification: "required",
  });
  return webauthnJSON.create(made);
}

function options() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}
