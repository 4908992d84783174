// Windows in step: those of one browser through a channel, other devices through a talk on the server.
//
// Each move is known by who made it and when (on that window's own clock). The server takes a move only from
// who knows its present turn, so of two at once the first one counts, and the other learns where the talk is.
// A place that is older than what its own author has said since is never shown: so nobody jumps back and forth.

const PACE = 1000; // milliseconds between two questions to the server
const PATIENCE = 4000; // until an answer is taken for lost

// `show(at)` moves this window in silence; `told({ state, lost, over })` hears what changes; `known` is where the talk
// was when the page was written.
export function join({ channel, talk, show, told = () => {}, speaks = false, known = null }) {
  const me = Math.random().toString(36).slice(2, 12);
  const turns = new Map(); // id of a talk, which both of its links share -> its last turn that is known here
  let id = known?.id ?? null;
  if (known) turns.set(known.id, known.turn);
  let last = { by: "", when: 0 }; // the latest move that was made or heard here
  let waiting = null; // a move that the server does not know yet
  let busy = false;
  let etag = "";
  let lost = false;
  let timer = null;

  const address = talk && `/slides/talks/${talk}/`;
  const later = (a, b) => a.when > b.when || (a.when === b.when && a.by > b.by);
  const say = (message) => channel?.postMessage(message);

  // a move of this window
  function moved(at, when = Date.now()) {
    if (when <= last.when) when = last.when + 1;
    last = { by: me, when };
    say({ at, when, by: me, id });
    lead({ at, when, by: me });
  }

  // what another window of this browser says: a move, or where a talk is
  function hear(message) {
    if (typeof message?.at !== "string" || !message.at.startsWith("/slides/")) return;
    if (message.turn !== undefined) return adopt(message);
    if (!later(message, last)) return;
    last = { by: message.by, when: message.when };
    show(message.at);
    if (talk && message.id !== id) lead(message); // it has no talk, so it is told from here
  }

  // where a talk is, by the server; false for who moved before hearing it: that move goes on from there
  function adopt(state) {
    const first = !turns.has(state.id);
    if (state.turn <= (turns.get(state.id) ?? -1)) return true;
    turns.set(state.id, state.turn);
    if (first && waiting) return false;
    if (state.by && state.by === last.by && state.when <= last.when) return true;
    if (waiting && waiting.by !== state.by) waiting = null;
    show(state.at);
    return true;
  }

  function lead(move) {
    if (!talk) return;
    waiting = move;
    tick();
  }

  async function ask(how = {}) {
    const { headers, ...rest } = how;
    const answer = await fetch(`${address}${speaks ? `?as=${me}` : ""}`, {
      cache: "no-store", signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json", ...headers }, ...rest,
    });
    if (lost) told({ lost: (lost = false) });
    if (answer.status === 410) stop();
    return answer;
  }

  function stop() {
    clearInterval(timer);
    waiting = null;
    timer = null;
    told({ over: true });
  }

  async function send() {
    if (!turns.has(id)) await look();
    const move = waiting;
    if (!move) return;
    const { pathname, searchParams } = new URL(move.at, location.href);
    const [deck, slide] = pathname.split("/").slice(2, 4);
    const turn = turns.get(id) ?? -1;
    const body = new URLSearchParams({ deck, slide, step: searchParams.get("step") ?? 0, turn, by: move.by, when: move.when });
    if (searchParams.has("black")) body.set("black", 1);
    const answer = await ask({ method: "POST", body });
    if (!answer.ok && answer.status !== 409) { waiting = null; return; }
    const state = await answer.json();
    id = state.id;
    if (answer.ok || (state.by === move.by && state.when === move.when)) {
      if (waiting === move) waiting = null;
      keep(state);
    } else if (state.by === move.by) {
      turns.set(state.id, state.turn); // an earlier move of the same window, whose answer was lost: go on from it
    } else {
      waiting = null;
      turns.set(state.id, state.turn);
      show(state.at);
      spread(state);
    }
  }

  // the server has a move: the other windows of this browser need not ask
  function keep(state) {
    if (adopt(state)) spread(state);
  }

  const spread = ({ turn, at, by, when, id }) => say({ turn, at, by, when, id });

  async function look() {
    const answer = await ask({ headers: etag ? { "If-None-Match": etag } : {} });
    if (answer.status !== 200) return;
    etag = answer.headers.get("ETag");
    const state = await answer.json();
    id = state.id;
    const news = state.turn > (turns.get(id) ?? -1);
    told({ state });
    if (news) keep(state);
  }

  async function tick() {
    if (busy || !timer) return;
    busy = true;
    try {
      if (!waiting) await look();
      while (waiting && timer) await send();
    } catch (error) {
      if (!lost) told({ lost: (lost = true), error });
    } finally {
      busy = false;
    }
  }

  if (talk) {
    timer = setInterval(tick, PACE);
    tick();
  }
  return { moved, hear, look: () => { etag = ""; return tick(); } };
}
