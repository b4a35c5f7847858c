// The stream of hints: opened with a ticket, renewed before it ends, closed while nobody looks at the page.
const page = document.body.dataset;
let address = page.live;
let last = "";
let stream;
let renewing;

if (address) {
  start();
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
}

function start() {
  listen();
  renewAfter(540000);
}

function stop() {
  stream.close();
  clearTimeout(renewing);
}

function listen() {
  stream?.close();
  stream = new EventSource(address + (last ? `&after=${encodeURIComponent(last)}` : ""));
  stream.onopen = () => tell("live:open");
  stream.onmessage = (event) => hint(event, JSON.parse(event.data).subject);
  stream.addEventListener("hello", ({ lastEventId }) => (last = lastEventId));
  stream.addEventListener("reset", (event) => hint(event, ""));
  stream.onerror = lose;
}

function hint({ lastEventId }, subject) {
  last = lastEventId || last;
  tell("live:moved", subject);
}

// After an HTTP error an EventSource gives up, and an expired ticket is one.
function lose() {
  tell("live:lost");
  if (stream.readyState === EventSource.CLOSED) renewAfter(5000 + Math.random() * 25000);
}

function renewAfter(wait) {
  clearTimeout(renewing);
  renewing = setTimeout(renew, wait);
}

async function renew() {
  const answer = await fetch(page.ticketUrl, { headers: { "X-By-Itself": "1" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) address = (await answer.text()).trim();
  if (!document.hidden) start();
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}
