// Buttons that need a script: copy code, print, forget what this browser keeps.
// `site` is what main.js hands over.

export function press(button, site) {
  if ("copy" in button.dataset) copy(button);
  if ("print" in button.dataset) print();
  if ("forget" in button.dataset) forget(button, site);
}

async function copy(button) {
  const label = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(button.closest(".code").querySelector("code").innerText.replace(/\n$/, ""));
    label.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(button.closest(".code").querySelector("code"));
    label.textContent = "Press Ctrl C";
  }
  setTimeout(() => { label.textContent = "Copy"; }, 2500);
}

function forget(button, site) {
  try { localStorage.clear(); } catch { /* nothing was stored */ }
  site.setTheme(null);
  button.textContent = "Forgotten";
  button.disabled = true;
}
