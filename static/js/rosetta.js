// "Copy as Markdown": the link opens the text; with a script it goes straight to the clipboard.

addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copy-text]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  const label = link.querySelector("span");
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    await navigator.clipboard.writeText(await answer.text());
    label.textContent = "Copied";
  } catch {
    location.assign(link.href);
  }
  setTimeout(() => { label.textContent = "Copy as Markdown"; }, 2500);
});
