// The overview of a deck: what is typed leaves the slides that say it.

const field = document.querySelector("#find");
const found = document.querySelector("#found");
const slides = [...document.querySelectorAll(".overview .grid > li")];

field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const slide of slides) {
    const text = slide.dataset.words.toLowerCase();
    slide.hidden = !words.every((word) => text.includes(word));
    left += !slide.hidden;
  }
  found.textContent = words.length ? `${left} of ${slides.length} slides` : "";
});
