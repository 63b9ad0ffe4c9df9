/** One step a frame: however often the state changes in between, parts are drawn once, before the paint. */

/**
 * @param {{state, step(state) -> frame | null, draw(frame)}} options
 * @returns {{ask(): Promise}} `ask` draws without a change; the promise resolves once it has been painted
 */
export function createLoop({ state, step, draw }) {
  let waiting = null;

  function ask() {
    waiting ??= schedule();
    return waiting;
  }

  function schedule() {
    return new Promise((resolve, reject) => {
      // A hidden page has no frames; whoever waits for the state still gets an answer.
      const run = document.hidden ? (fn) => setTimeout(fn, 0) : requestAnimationFrame;
      run(() => {
        waiting = null;
        try {
          const frame = step(state.get());
          if (frame) draw(frame);
          run(() => resolve());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  state.subscribe(() => ask());
  return { ask };
}
