// Shortcuts of one key. They can be switched off (WCAG 2.1.4): here, and on /about/keys/.
// `site` is what main.js hands over: stored, store, setTheme.

const themes = ["system", "light", "dark"];

export function press(key, site) {
  if (key === "/") return search();
  if (key === "?") return help(site);
  if (key === "t") return site.setTheme(themes[(themes.indexOf(site.stored("theme") ?? "system") + 1) % 3]);
  document.querySelector(`.turn a[rel="${key === "ArrowLeft" ? "prev" : "next"}"]`)?.click();
}

function search() {
  const field = document.querySelector("#q");
  if (field) field.focus();
  else location.assign("/search/");
}

// the page about the keys, shown over this one
async function help(site) {
  if (location.pathname === "/about/keys/") return; // the list is here already
  let dialog = document.querySelector("dialog.help");
  if (!dialog) {
    const page = new DOMParser().parseFromString(await (await fetch("/about/keys/")).text(), "text/html");
    dialog = document.createElement("dialog");
    dialog.className = "help";
    dialog.setAttribute("aria-labelledby", "keys-title");
    dialog.append(page.querySelector("#keys"));
    const close = document.createElement("button");
    close.className = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.append(close);
    document.body.append(dialog);
    settings(dialog, site);
  }
  dialog.showModal();
}

export function settings(root, site) {
  const box = root.querySelector("#keys-on");
  if (!box) return;
  box.checked = site.stored("keys") !== "off";
  box.addEventListener("change", () => site.store("keys", box.checked ? null : "off"));
}
