/** "Once it rests": what can wait until changes stop coming, with one timer however often they come. */

/**
 * `fn` runs once nothing was touched for `ms`.
 * @returns {{touch(): void, cancel(): void, readonly pending: boolean}}
 */
export function createRest(ms, fn) {
  let touched = 0;
  let timer = 0;

  function check() {
    const left = touched + ms - performance.now();
    timer = left > 1 ? setTimeout(check, left) : 0;
    if (timer === 0) fn();
  }

  return {
    touch() { touched = performance.now(); if (timer === 0) timer = setTimeout(check, ms); },
    cancel() { clearTimeout(timer); timer = 0; },
    get pending() { return timer !== 0; },
  };
}
