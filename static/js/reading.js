// A section: the heading that is being read is lit in "on this page".

const links = new Map();
for (const link of document.querySelectorAll(".toc a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}

function light() {
  let current = null;
  for (const heading of links.keys()) {
    if (heading.getBoundingClientRect().top > innerHeight * 0.35) break;
    current = heading;
  }
  for (const [heading, link] of links) {
    if (heading === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

let asked = false;
function soon() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; light(); });
}

if (links.size) {
  addEventListener("scroll", soon, { passive: true });
  light();
}
