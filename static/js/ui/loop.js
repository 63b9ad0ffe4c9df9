/** One step a frame: however often the state changes in between, parts are drawn once, before the paint. */
import { createRest } from '../model/rest.js';

/** Steps closer than this are a run; from the third on nobody can read what is small. */
const GAP_MS = 150;
const RUN = 3;
/** In a run everything is drawn this often all the same. */
const FULL_MS = 250;

/**
 * @param {{state, step(state) -> frame | null, draw(frame)}} options
 * A frame is `moving` while steps follow each other closely, and `hurried` in most of those: parts may then leave
 * what is slow to read. Once the run is over there is a frame that is neither.
 * @returns {{ask(): Promise}} `ask` draws without a change; the promise resolves once it has been painted
 */
export function createLoop({ state, step, draw }) {
  let waiting = null;
  let [run, before, full] = [0, -Infinity, -Infinity];
  const rest = createRest(GAP_MS, () => { before = -Infinity; ask(); });

  function isHurried() {
    const now = performance.now();
    run = now - before < GAP_MS ? run + 1 : 1;
    before = now;
    if (run >= RUN) rest.touch();
    if (run >= RUN && now - full < FULL_MS) return true;
    full = now;
    return false;
  }

  function ask() {
    waiting ??= schedule();
    return waiting;
  }

  function schedule() {
    return new Promise((resolve, reject) => {
      // A hidden page has no frames; whoever waits for the state still gets an answer.
      const soon = document.hidden ? (fn) => setTimeout(fn, 0) : requestAnimationFrame;
      soon(() => {
        waiting = null;
        try {
          const frame = step(state.get());
          if (frame) { frame.hurried = isHurried(); frame.moving = run >= RUN; draw(frame); }
          // What comes after this task comes after the paint.
          setTimeout(resolve, 0);
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  state.subscribe(() => ask());
  return { ask };
}
