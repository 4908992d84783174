// The translator: a file that is dropped or chosen lands in the box, what is open stays open while one types,
// lighting a pair stays until the next, and keys can be found. Everything works without this, a little slower.

const form = document.querySelector("#translate");
const text = document.querySelector("#text");
const said = document.querySelector("#said");
const region = document.querySelector("#translation");
const most = Number(form.dataset.most);

// ---- files: read here, so that they behave like typed text ------------------------------------

async function take(file) {
  if (!file) return;
  if (file.size > most) {
    said.textContent = `${file.name} has ${Math.ceil(file.size / 1024)} kB, and ${most / 1024} kB is the most.`;
    return;
  }
  const isEnv = /(^|\/)\.?env(\.|$)/.test(file.name);
  const box = isEnv ? document.querySelector("#env") : text;
  if (isEnv) box.closest("details").open = true;
  box.value = await file.text();
  document.querySelector("#paste").open = true;
  translate();
}

form.querySelector("#file").addEventListener("change", (event) => {
  take(event.target.files[0]);
  event.target.value = "";
});

addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  form.classList.add("dropping");
});
addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("dropping"); });
addEventListener("drop", (event) => {
  form.classList.remove("dropping");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  for (const file of event.dataTransfer.files) take(file);
});

// ---- translating: in place, once htmx is here; else the form is sent ----------------------------

function translate() {
  if (window.htmx) window.htmx.trigger(form, "translate");
  else form.requestSubmit(document.querySelector("#go"));
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.id !== "go" || !window.htmx) return;
  event.preventDefault();
  region.dataset.show = "";
  translate();
});

// Ctrl+Enter, as in every box that runs something
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(document.querySelector("#go"));
});

// what was asked before the last change is not shown: it would undo what has been chosen since
let asking = false;
let stale = false;
const changed = () => { stale = asking; };
form.addEventListener("input", changed);
region.addEventListener("change", (event) => { if (event.target.matches(".choice")) changed(); });
form.addEventListener("htmx:beforeRequest", () => { asking = true; stale = false; });
form.addEventListener("htmx:afterRequest", () => { asking = false; });

let open = [];
let shown = "";
region.addEventListener("htmx:beforeSwap", (event) => {
  if (stale) { event.detail.shouldSwap = false; return; }
  open = [...region.querySelectorAll("details[open]")].map((details) => details.id).filter(Boolean);
  shown = region.querySelector("[name=show]:checked")?.id;
});
region.addEventListener("htmx:afterSwap", () => {
  for (const id of open) { const details = document.getElementById(id); if (details) details.open = true; }
  const filter = shown && document.getElementById(shown);
  if (filter) filter.checked = true;
  if (!("show" in region.dataset)) return;
  delete region.dataset.show;
  region.querySelector("h2, .sum")?.scrollIntoView({ block: "start" });
});
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => {
    if (event.target !== form) return;
    said.textContent = event.detail.xhr?.status === 403
      ? "This page has grown old. Reload it; your text stays in the box."
      : "The translator does not answer. Press Translate to try again.";
  });
}

// ---- a pair stays lit after a tap or a click ---------------------------------------------------

region.addEventListener("click", (event) => {
  const pair = event.target.closest(".pair:not(.aside, .head)");
  if (!pair || event.target.closest("a")) return;
  const lit = pair.classList.contains("lit");
  for (const other of region.querySelectorAll(".pair.lit")) other.classList.remove("lit");
  pair.classList.toggle("lit", !lit);
});

// ---- pointing at a line lights what is said about it, and the other way round; so do boxes of the drawing --------

function partners(target) {
  const pair = target.closest(".pair");
  const note = target.closest(".gloss > div");
  if (note?.dataset.first) {
    const [first, last] = [Number(note.dataset.first), Number(note.dataset.last)];
    return [note, ...[...pair.querySelectorAll(".lines li")].filter((line) => first <= line.value && line.value <= last)];
  }
  const line = target.closest(".lines li");
  if (line) {
    const notes = [...pair.querySelectorAll(".gloss > div")];
    return [line, ...notes.filter(({ dataset }) => Number(dataset.first) <= line.value && line.value <= Number(dataset.last))];
  }
  const id = target.closest("[data-resource]")?.dataset.resource;
  return id ? [...region.querySelectorAll(`[data-resource="${CSS.escape(id)}"]`)] : [];
}

for (const [begins, ends] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  region.addEventListener(begins, (event) => { for (const one of partners(event.target)) one.classList.add("on"); });
  region.addEventListener(ends, () => { for (const one of region.querySelectorAll(".on:not(.row)")) one.classList.remove("on"); });
}

// ---- finding a key -----------------------------------------------------------------------------

region.addEventListener("input", (event) => {
  if (event.target.id !== "find-key") return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of region.querySelectorAll(".keys tbody tr")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
});
