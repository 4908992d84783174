// A deck: keys, clicks and swipes move at once to slides that are there already; the address follows.

const stage = document.querySelector(".stage");
const said = document.querySelector("#said");
const kept = new Map(); // address of a slide -> its markup
const channel = "BroadcastChannel" in window ? new BroadcastChannel("slides") : null;
const AHEAD = 80; // slides that come along with a talk
const talk = new URLSearchParams(location.search).get("talk");
document.documentElement.classList.add("js");

const slide = () => stage.querySelector(".slide");
const now = () => Number(slide().dataset.stepNow);
const path = (address) => new URL(address, location.href).pathname;
const stepOf = (address) => Number(new URL(address, location.href).searchParams.get("step") ?? 0);
const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

async function get(address) {
  const key = path(address);
  if (!kept.has(key)) {
    const answer = await fetch(key, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    kept.set(key, await answer.text());
  }
  return kept.get(key);
}

function preload() {
  for (const address of [slide().dataset.after, slide().dataset.before]) if (address) get(address).catch(() => {});
}

function step(number) {
  const shown = slide();
  for (const part of shown.querySelectorAll("[data-step], [data-until]")) {
    const { step = 0, until = Infinity } = part.dataset;
    part.toggleAttribute("data-off", Number(step) > number || Number(until) <= number);
  }
  shown.dataset.stepNow = number;
}

function tell(words) {
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
}

function follow({ push = true, say = true, quiet = false } = {}) {
  const { at, number, of, title, read, before, after, steps } = slide().dataset;
  const address = at + (now() ? `?step=${now()}` : "");
  document.title = title;
  if (push) history.pushState(null, "", talk ? `${address}${now() ? "&" : "?"}talk=${talk}` : address);
  const [back, on] = [document.querySelector("[data-back]"), document.querySelector("[data-on]")];
  link(back, now() ? `${at}?step=${now() - 1}` : before);
  link(on, now() < Number(steps) ? `${at}?step=${now() + 1}` : after);
  document.querySelector(".controls [data-read]").href = read;
  if (say) tell(`Slide ${number} of ${of}: ${slide().querySelector("h1").textContent.trim()}`);
  if (!quiet) tellOthers();
  preload();
}

function link(anchor, address) {
  if (address) {
    anchor.href = address;
    anchor.removeAttribute("role");
    anchor.removeAttribute("aria-disabled");
  } else {
    anchor.removeAttribute("href");
    anchor.setAttribute("role", "link");
    anchor.setAttribute("aria-disabled", "true");
  }
}

let wanted = "";

async function go(address, options = {}) {
  if (!address) return;
  wanted = address;
  document.body.classList.toggle("black", isBlack(address));
  if (path(address) !== slide().dataset.at) {
    let markup;
    try { markup = await get(address); } catch (error) {
      if (error instanceof TypeError) tell("No connection: that slide is not here yet."); // stay, and go on with what is here
      else location.href = address;
      return;
    }
    if (wanted !== address) return; // somebody was quicker
    stage.innerHTML = markup;
    scrollTo(0, 0); // on a phone a slide may be longer than the screen
    step(Math.min(stepOf(address), Number(slide().dataset.steps)));
    slide().querySelector("h1").focus({ preventScroll: true });
    follow(options);
  } else {
    step(Math.min(stepOf(address), Number(slide().dataset.steps)));
    follow({ ...options, say: false });
    const shown = slide().querySelector(`[data-step="${now()}"]`);
    if (shown && now()) tell(shown.textContent.trim());
  }
}

const on = () => go(document.querySelector("[data-on]").getAttribute("href"));
const back = () => go(document.querySelector("[data-back]").getAttribute("href"));

function open(kind, fill) {
  const dialog = document.createElement("dialog");
  dialog.className = kind;
  fill(dialog);
  document.body.append(dialog);
  dialog.addEventListener("close", () => { dialog.remove(); slide().querySelector("h1").focus({ preventScroll: true }); });
  dialog.showModal();
  return dialog;
}

function live(address) {
  open("tool", (dialog) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.title = "The tool, over the slide; Escape returns";
    frame.addEventListener("load", () => frame.contentWindow.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dialog.close();
    }));
    dialog.append(frame);
  });
}

const help = [
  ["→ Page Down Space", "on"], ["← Page Up", "back"], ["Home End", "first and last"], ["f", "full screen"],
  ["b or .", "black"], ["o", "overview"], ["s", "speaker view"], ["g", "go to a number"], ["l", "open the tool"],
  ["t", "day and night"], ["Esc", "close"],
];

function keys() {
  open("keys", (dialog) => {
    const list = document.createElement("dl");
    list.className = "keys-list";
    for (const [key, does] of help) {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")];
      term.append(...key.split(" ").map((word) => Object.assign(document.createElement(/^(or|and)$/.test(word) ? "span" : "kbd"), { textContent: word })).flatMap((node) => [node, " "]));
      text.textContent = does;
      list.append(term, text);
    }
    const form = Object.assign(document.createElement("form"), { method: "dialog" });
    form.append(Object.assign(document.createElement("button"), { className: "button plain", textContent: "Close" }));
    dialog.append(list, form);
  });
}

function number() {
  open("number", (dialog) => {
    const form = Object.assign(document.createElement("form"), { method: "dialog" });
    const label = Object.assign(document.createElement("label"), { textContent: `Slide, 1 to ${slide().dataset.of} ` });
    const field = Object.assign(document.createElement("input"), { type: "number", min: 1, max: slide().dataset.of, required: true });
    label.append(field);
    form.append(label, Object.assign(document.createElement("button"), { className: "button", textContent: "Go" }));
    form.addEventListener("submit", () => go(`${slide().dataset.at.split("/").slice(0, 3).join("/")}/${field.value}/`));
    dialog.append(form);
  });
}

function theme() {
  const dark = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const next = dark === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try { localStorage.setItem("theme", next); } catch { /* forbidden */ }
}

function black() {
  document.body.classList.toggle("black");
  tellOthers();
}

const deck = () => slide().dataset.at.split("/").slice(0, 3).join("/");
const does = {
  ArrowRight: on, PageDown: on, " ": on, ArrowLeft: back, PageUp: back,
  Home: () => go(`${deck()}/1/`), End: () => go(`${deck()}/${slide().dataset.of}/`),
  f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  b: black, ".": black,
  s: () => window.open(`${deck()}/speaker/?slide=${slide().dataset.name}&step=${now()}`, "speaker"),
  o: () => { location.href = `${deck()}/overview/`; },
  g: number, t: theme, "?": keys,
  l: () => { const tool = slide().querySelector("[data-live]"); if (tool) live(tool.href); },
};

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select") || (event.key === " " && event.target.closest("a, button"))) return;
  if (event.key.length === 1 && event.key !== " " && stored("keys") === "off") return;
  if (document.body.classList.contains("black") && !["b", "."].includes(event.key)) black();
  else if (does[event.key]) does[event.key]();
  else return;
  event.preventDefault();
});

stage.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-live]");
  if (tool && !event.ctrlKey && !event.metaKey) { event.preventDefault(); live(tool.href); return; }
  if (event.target.closest("a, button, input, label, summary, select") || getSelection().toString()) return;
  event.clientX < innerWidth / 3 ? back() : on();
});

for (const [name, move] of [["[data-on]", on], ["[data-back]", back]]) {
  document.querySelector(name).addEventListener("click", (event) => { event.preventDefault(); move(); });
}
document.querySelector('.controls [data-key="?"]').addEventListener("click", keys);

let touch = null;
stage.addEventListener("touchstart", (event) => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
stage.addEventListener("touchend", (event) => {
  if (!touch) return;
  const [x, y] = [event.changedTouches[0].clientX - touch.clientX, event.changedTouches[0].clientY - touch.clientY];
  if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) x < 0 ? on() : back();
}, { passive: true });

addEventListener("popstate", () => go(location.pathname + location.search, { push: false }));

// the other windows of this browser, and a talk: their module comes when there is something to say or to hear
let together = null;
const others = () => (together ??= import("./together.js").then(({ join }) => join({ channel, talk, show, told })));
const isBlack = (address) => new URL(address, location.href).searchParams.has("black");
const here = (address) => path(address) === slide().dataset.at && stepOf(address) === now() && isBlack(address) === document.body.classList.contains("black");
const show = (address) => { if (!here(address)) go(address, { quiet: true }); }; // what is here already stops no move

function tellOthers() {
  const query = [now() ? `step=${now()}` : "", document.body.classList.contains("black") ? "black" : ""].filter(Boolean).join("&");
  const [at, when] = [slide().dataset.at + (query ? `?${query}` : ""), Date.now()];
  others().then((all) => all.moved(at, when)).catch(() => { together = null; }); // no connection: asked for again next time
}

// what is told of the connection; with a talk every slide of the deck comes along, for when it is lost
function told({ lost, over }) {
  if (over) tell("The talk is over. The slides go on without it.");
  if (lost === true) tell("No connection. The slides go on, and the others catch up when it is back.");
}

async function bringAll() {
  let address = slide().dataset.at;
  for (let count = 0; address && count < AHEAD; count++) address = (await get(address)).match(/data-after="([^"]*)"/)?.[1];
}

channel?.addEventListener("message", ({ data }) => others().then((all) => all.hear(data)).catch(() => { together = null; }));
if (talk) {
  others().catch(() => { together = null; });
  bringAll().catch(() => {});
}

kept.set(slide().dataset.at, stage.innerHTML);
preload();
