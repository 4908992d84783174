// The clock of a talk between two answers of the server: the same rules as lecture/slides/talk.py and bar.py.

const MINUTE = 60000;
const [EDGE, LABEL, AWAY] = [3.5, 104, 8];

// Minutes as a clock shows them.
export function hours(minutes) {
  const whole = Math.trunc(minutes);
  return `${whole < 0 ? "−" : ""}${Math.floor(Math.abs(whole) / 60)}:${String(Math.abs(whole) % 60).padStart(2, "0")}`;
}

const inWords = (count) => `${count} minute${count === 1 ? "" : "s"}`;

// How a talk keeps time at `span` ([from, to] in planned minutes, or null outside the plan), at `now` in milliseconds.
export function pace(clock, span, now) {
  const rest = (clock.rested + (clock.paused ? now - clock.paused : 0)) / MINUTE;
  const taught = clock.started ? (now - clock.started) / MINUTE - rest : 0;
  const begins = clock.starts ?? clock.started;
  const { planned, allowance } = clock;
  if (!planned) return { elapsed: Math.max(0, taught), words: "No minutes are planned", state: "even" };
  let [time, left] = [planned, planned - taught];
  if (clock.stops && begins && (clock.stops - begins) / MINUTE > allowance) {
    time = (clock.stops - begins) / MINUTE - allowance;
    left = (clock.stops - now) / MINUTE - Math.max(0, allowance - rest);
  }
  const due = Math.max(0, ((time - left) * planned) / time);
  const at = span && Math.min(Math.max(due, span[0]), span[1]);
  const whole = span ? Math.trunc(Number((((at - due) * time) / planned).toFixed(6))) : 0;
  const state = whole > 0 ? "ahead" : whole < 0 ? "behind" : "even";
  const waits = clock.started ? null : clock.starts ? (clock.starts - now) / MINUTE : 0;
  let words = whole ? `${inWords(Math.abs(whole))} ${state}` : "On time";
  if (waits !== null && (waits > 0 || due <= 0)) words = waits > 0 ? `Starts in ${inWords(Math.max(1, Math.round(waits)))}` : "Not started";
  else if (!span) words = "Not in the plan";
  return { planned, time, elapsed: Math.max(0, time - left), left, due, at, words, state, start: span?.[0] };
}

// Move the hands and the stones of a bar.
export function draw(bar, found) {
  const width = Number(bar.dataset.width);
  const x = (minute) => EDGE + (Math.min(Math.max(0, minute), found.planned) * (width - 2 * EDGE)) / found.planned;
  const at = found.at ?? found.due;
  const hands = { clock: found.due, slides: at };
  const [left, right] = [Math.min(x(found.due), x(at)), Math.max(x(found.due), x(at))];
  const since = Math.max(Math.min(right + AWAY, width - LABEL), LABEL + AWAY);
  const until = Math.min(Math.max(left - AWAY, LABEL), since - AWAY);
  const onLeft = x(at) <= x(found.due) ? "slides" : "clock";
  for (const [kind, minute] of Object.entries(hands)) {
    const words = bar.querySelector(`[data-words=${kind}]`);
    if (!words) continue;
    bar.querySelector(`[data-hand=${kind}]`).setAttribute("d", `M${x(minute).toFixed(1)} ${kind === "clock" ? "18v30" : "18v8"}`);
    words.setAttribute("x", (kind === onLeft ? until : since).toFixed(1));
    words.setAttribute("text-anchor", kind === onLeft ? "end" : "start");
    words.textContent = `${kind}, ${hours((minute * found.time) / found.planned)}`;
  }
  for (const stone of bar.querySelectorAll("rect")) {
    const { start, end } = stone.dataset;
    stone.setAttribute("class", !(found.start >= Number(start)) ? "ahead" : found.start < Number(end) ? "now" : "gone");
  }
}
