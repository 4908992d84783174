// The speaker view: moves at once to slides that are there already, keeps time, and leads or follows the others.

import { draw, pace, hours } from "./pace.js";
import { join } from "./together.js";

const main = document.querySelector("#main");
const holder = document.querySelector("#now");
const AHEAD = 80; // slides that come along with a talk
const talk = main.dataset.talk ?? null;
const kept = new Map(); // address of a slide -> its markup
const channel = "BroadcastChannel" in window ? new BroadcastChannel("slides") : null;
const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* forbidden */ } };
const url = (address) => new URL(address, location.href);

let at = main.dataset.at;
let told = JSON.parse(document.querySelector("#told")?.textContent ?? "null");
let ahead = told ? told.now - Date.now() : 0; // the server's clock less this one, in milliseconds

const now = () => holder.firstElementChild;
const stepOf = (address) => Number(url(address).searchParams.get("step") ?? 0);
const step = () => Math.min(stepOf(at), Number(now().dataset.steps));
const withStep = (number) => now().dataset.at + (number ? `?step=${number}` : "");

// one slide with its notes, as the server writes it
async function get(address) {
  const key = url(address).pathname;
  if (!kept.has(key)) {
    const [deck, slide] = key.split("/").slice(2, 4);
    const from = talk ? `/slides/talks/${talk}/speaker/?deck=${deck}&slide=${slide}` : `/slides/${deck}/speaker/?slide=${slide}`;
    const answer = await fetch(from, { headers: { "HX-Request": "true" } });
    const door = answer.headers.get("HX-Redirect");
    if (door) location.href = door;
    if (!answer.ok || door) throw new Error(answer.status);
    lost(false);
    kept.set(key, await answer.text());
  }
  return kept.get(key);
}

let wanted = at;

// whether it is shown; what is not here and cannot be fetched is not
async function show(address) {
  wanted = address;
  let markup;
  try { markup = await get(address); } catch { lost(true); return false; }
  if (wanted !== address) return false; // somebody was quicker
  at = address;
  if (now().dataset.at !== url(address).pathname) holder.innerHTML = markup;
  shown();
  return true;
}

// with a talk the slides to come are brought along, for when the connection is lost
async function bringAll() {
  let address = now().dataset.at;
  for (let count = 0; address && count < AHEAD; count++) address = (await get(address)).match(/data-after="([^"]*)"/)?.[1];
}

function shown() {
  const { dataset } = now();
  for (const part of holder.querySelectorAll(".now-on [data-step], .now-on [data-until]")) {
    const { step: from = 0, until = Infinity } = part.dataset;
    part.toggleAttribute("data-off", Number(from) > step() || Number(until) <= step());
  }
  holder.querySelector(".now-on .slide").dataset.stepNow = step();
  const counter = holder.querySelector(".step-of b");
  if (counter) counter.textContent = step();
  main.classList.toggle("black-now", url(at).searchParams.has("black"));
  document.title = `Speaker view: ${dataset.title} · ${dataset.deck}`;
  document.querySelector("#said").textContent = `${dataset.number} of ${dataset.of}: ${dataset.title}`;
  const [deck, slide] = dataset.at.split("/").slice(2, 4);
  if (!talk) history.replaceState(null, "", `/slides/${deck}/speaker/?slide=${slide}${step() ? `&step=${step()}` : ""}`);
  document.querySelector("[data-wall]").href = dataset.at;
  document.querySelector("[data-overview]").href = `/slides/${deck}/overview/`;
  for (const [name, value] of Object.entries({ deck, slide, step: step() })) {
    const field = document.querySelector(`form[action="/slides/talks/"] [name=${name}]`);
    if (field) field.value = value;
  }
  button("[data-back]", step() || dataset.before);
  button("[data-on]", step() < Number(dataset.steps) || dataset.after);
  time();
  for (const address of [dataset.after, dataset.before]) if (address) get(address).catch(() => {});
}

function button(name, leads) {
  const found = document.querySelector(name);
  if (found.tagName === "BUTTON") found.disabled = !leads;
  else leads ? found.removeAttribute("aria-disabled") : found.setAttribute("aria-disabled", "true");
}

async function lead(address) {
  if (address && (await show(address))) together.moved(address);
}

const on = () => lead(step() < Number(now().dataset.steps) ? withStep(step() + 1) : now().dataset.after);
const back = () => lead(step() ? withStep(step() - 1) : now().dataset.before);
const number = (which) => { // first and last are known to the server by their number
  const deck = now().dataset.at.split("/")[2];
  fetch(`/slides/${deck}/${which}/`, { headers: { "HX-Request": "true" } }).then((answer) => lead(url(answer.url).pathname)).catch(() => lost(true));
};

function black() {
  const address = url(at);
  address.searchParams.has("black") ? address.searchParams.delete("black") : address.searchParams.set("black", "");
  lead(address.pathname + address.search.replace("black=", "black"));
}

// time
function span() {
  const { start, end, steps } = now().dataset;
  if (start === undefined) return null;
  const share = (Number(end) - Number(start)) / (Number(steps) + 1);
  return [Number(start) + share * step(), Number(start) + share * (step() + 1)];
}

function time() {
  if (!told) return;
  const found = pace(told.clock, span(), Date.now() + ahead);
  const write = (id, text) => { const e = document.querySelector(id); if (e && e.textContent !== text) e.textContent = text; };
  write("#elapsed", hours(found.elapsed));
  write("#pace", found.words);
  document.querySelector("#pace").className = found.state;
  if (found.planned) {
    write("#time", hours(found.time));
    write("#left", hours(Math.ceil(found.left)));
    for (const bar of document.querySelectorAll(".pace[data-width]")) draw(bar, { ...found, start: now().dataset.start === undefined ? NaN : Number(now().dataset.start) });
  }
}

function clock() {
  const { started, paused } = told.clock;
  const [start, pause, reset] = ["start", "pause", "reset"].map((does) => document.querySelector(`form.do [value=${does}]`));
  start.hidden = started && !paused;
  start.textContent = started ? "Go on" : "Start the clock";
  pause.hidden = !started || paused;
  reset.hidden = !started;
  time();
}

// what the server and the connection say
function lost(is) {
  document.querySelector("#lost").hidden = !is;
}

let leaving = false; // this window ends the talk itself, and is led to the slide
function hear({ state, lost: gone, over }) {
  if (gone !== undefined) lost(gone);
  if (over && !leaving) location.reload(); // the page that says so
  if (!state) return;
  const replanned = told && ["planned", "allowance", "starts", "stops"].some((name) => told.clock[name] !== state.clock[name]);
  if (replanned) { location.reload(); return; } // the bar has other stones
  told = state;
  ahead = state.now - Date.now();
  document.querySelector("#speakers").hidden = state.speakers < 2;
  document.querySelector("#speakers").textContent = state.speakers > 2 ? `${state.speakers - 1} other speaker views of this talk are open.` : "Another speaker view of this talk is open.";
  clock();
}

const follow = (address) => { if (address !== at) show(address); }; // what is here already stops no move
const together = join({ channel, talk, show: follow, told: hear, speaks: true, known: told });
channel?.addEventListener("message", ({ data }) => together.hear(data));

// buttons and keys
document.addEventListener("submit", (event) => {
  const form = event.target;
  const move = form.querySelector("[data-on], [data-back]");
  if (move) {
    event.preventDefault();
    move.matches("[data-on]") ? on() : back();
  } else if (form.matches(".do")) {
    event.preventDefault();
    const body = new URLSearchParams({ do: event.submitter.value });
    fetch(form.action, { method: "POST", body, redirect: "manual" }).then(() => together.look()).catch(() => lost(true));
  } else if (form.matches(".end")) leaving = true;
});
for (const [name, move] of [["a[data-on]", on], ["a[data-back]", back]]) {
  document.querySelector(name)?.addEventListener("click", (event) => { event.preventDefault(); move(); });
}

const SIZES = 5;
let size = Math.min(SIZES, Math.max(1, Number(stored("notes-size")) || 2));
function resize(by) {
  size = Math.min(SIZES, Math.max(1, size + by));
  main.dataset.size = size;
  store("notes-size", size);
}

function theme() {
  const dark = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = dark === "dark" ? "light" : "dark";
  store("theme", document.documentElement.dataset.theme);
}

const does = {
  ArrowRight: on, PageDown: on, " ": on, ArrowLeft: back, PageUp: back,
  Home: () => number(1), End: () => number(now().dataset.of),
  b: black, ".": black, t: theme, "+": () => resize(1), "=": () => resize(1), "-": () => resize(-1),
  o: () => document.querySelector("[data-overview]").click(),
  p: () => document.querySelector(told?.clock.started && !told.clock.paused ? "form.do [value=pause]" : "form.do [value=start]")?.click(),
};
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, summary") || (event.key === " " && event.target.closest("a, button"))) return;
  if (event.key.length === 1 && event.key !== " " && stored("keys") === "off") return;
  if (!does[event.key]) return;
  event.preventDefault();
  does[event.key]();
});
document.querySelector("[data-sizes]").hidden = false;
document.querySelector("[data-sizes]").addEventListener("click", (event) => {
  const by = event.target.closest("button")?.value;
  if (by) resize(Number(by));
});

for (const zone of document.querySelectorAll("[data-zone]")) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
kept.set(now().dataset.at, holder.innerHTML);
resize(0);
shown();
setInterval(time, 1000);
if (talk) bringAll().catch(() => {});
