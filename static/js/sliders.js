// A slider and the number beside it: moving one moves the other. Only the number is sent.

const sliders = () => document.querySelectorAll("input[type=range][data-stops]");
const stops = (slider) => slider.dataset.stops.split(" ").map(Number);

// without this script the server hears of both, and takes the one that was moved
for (const slider of sliders()) slider.removeAttribute("name");

function say(slider, value) {
  slider.setAttribute("aria-valuetext", `${value} ${slider.dataset.unit}`);
}

export function move(moved) {
  if (moved.matches("[data-stops]")) {
    const value = stops(moved)[Number(moved.value)];
    document.getElementById(moved.dataset.for).value = value;
    say(moved, value);
    return;
  }
  const slider = [...sliders()].find((one) => one.dataset.for === moved.id);
  if (!slider || moved.value === "") return;
  const all = stops(slider);
  const far = all.map((stop) => Math.abs(stop - Number(moved.value)));
  slider.value = far.indexOf(Math.min(...far));
  say(slider, moved.value);
}

// what the server found wrong is also said to whoever hears the field
document.addEventListener("htmx:afterSettle", () => {
  for (const told of document.querySelectorAll(".wrong-answer")) {
    const field = document.getElementById(told.id.replace(/^e-/, "f-"));
    if (told.textContent) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
});
