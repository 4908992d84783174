// Every page: the theme, the keys, the small buttons, and htmx once there is something for it to do.

function stored(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

function store(name, value) {
  try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* forbidden */ }
}

// theme: three states, the third is no choice
function setTheme(theme) {
  const chosen = theme === "light" || theme === "dark" ? theme : null;
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  store("theme", chosen);
  for (const radio of document.querySelectorAll("#theme input")) radio.checked = radio.value === (chosen ?? "system");
}
setTheme(stored("theme"));
document.querySelector("#theme")?.addEventListener("change", (event) => setTheme(event.target.value));

// what the lazily loaded modules need of this one (they cannot import it: hashed names allow no circle)
const site = { stored, store, setTheme };

// htmx: at once where something is kept about this learner, else at the first sign of reading,
// so that the first view of a page is light
const kept = () => document.cookie.split("; ").some((cookie) => /^(__Host-)?kept=1$/.test(cookie));
const signs = ["scroll", "pointermove", "touchstart", "keydown", "focusin", "input"];

function loadHtmx() {
  for (const sign of signs) removeEventListener(sign, loadHtmx);
  if (window.htmx || !document.querySelector("[hx-get], [hx-post]")) return;
  const script = document.createElement("script");
  script.src = document.body.dataset.htmx;
  script.addEventListener("load", () => { tellKept(); tellEarly(); });
  document.head.append(script);
}

// what was typed or chosen before htmx was here is asked for as soon as it is
let early = null;
addEventListener("input", (event) => { if (!window.htmx) early = event.target.closest("form[hx-get]"); });

function tellEarly() {
  if (early) window.htmx.trigger(early, "input");
}

function tellKept() {
  if (kept()) window.htmx.trigger(document.body, "kept");
}

function whenLoaded() {
  if (kept()) loadHtmx();
  else for (const sign of signs) addEventListener(sign, loadHtmx, { passive: true });
}
if (document.readyState === "complete") whenLoaded();
else addEventListener("load", whenLoaded);

// a page that comes back as it was left: what was read and chosen elsewhere since is shown
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  setTheme(stored("theme"));
  if (window.htmx) tellKept();
  else whenLoaded();
});

// keys and buttons: their modules come when they are first used
addEventListener("keydown", async (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || stored("keys") === "off") return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog, pre, .scroll")) return;
  if (!["/", "?", "ArrowLeft", "ArrowRight", "t"].includes(event.key)) return;
  event.preventDefault();
  (await import("./keys.js")).press(event.key, site);
});

addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-text], [data-print], [data-forget]");
  if (button?.href) { // a link to the text, where there is no script or no clipboard
    if (event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
    event.preventDefault();
  }
  if (button) (await import("./buttons.js")).press(button, site);
});

// a slider and the number beside it
addEventListener("input", async (event) => {
  if (event.target.closest(".pair-of")) (await import("./sliders.js")).move(event.target);
});

for (const button of document.querySelectorAll("[data-forget]")) button.hidden = false;
if (document.querySelector("#keys")) import("./keys.js").then((keys) => keys.settings(document.querySelector("#keys"), site));

// questions: the browser's time zone, so that a learner's day ends at their own four in the morning; and digits choose
addEventListener("change", (event) => {
  const zone = event.target.form?.querySelector("input[data-zone]");
  if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
});
addEventListener("keydown", async (event) => {
  if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || stored("keys") === "off") return;
  if (event.target.closest?.("select, textarea, input:not([type=radio], [type=checkbox])")) return;
  const cards = document.querySelectorAll("form.card-q");
  const card = event.target.closest?.("form.card-q") ?? (cards.length === 1 ? cards[0] : null);
  if (card) (await import("./quiz.js")).choose(card, Number(event.key), event);
});
// and Enter on what was told goes on
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.(".told-why > [tabindex]")) {
    event.target.closest("form.card-q").querySelector(".told-do a.button:not(.plain)")?.click();
  }
});
