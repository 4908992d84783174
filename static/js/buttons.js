// Buttons that need a script: copy code or what a link leads to, print, forget what this browser keeps.
// `site` is what main.js hands over.

export function press(button, site) {
  if ("copy" in button.dataset) copy(button);
  if ("copyText" in button.dataset) copyText(button);
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

async function copyText(link) {
  const label = link.querySelector("span"), was = label.textContent;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    await navigator.clipboard.writeText(await answer.text());
    label.textContent = "Copied";
    setTimeout(() => { label.textContent = was; }, 2500);
  } catch {
    location.assign(link.href);
  }
}

function forget(button, site) {
  try { localStorage.clear(); } catch { /* nothing was stored */ }
  site.setTheme(null);
  button.textContent = "Forgotten";
  button.disabled = true;
}
