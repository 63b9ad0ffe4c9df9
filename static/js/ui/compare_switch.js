/** Turns the comparison on and off: the period before the brush, as long as it. */
import { isoOf } from '../model/time.js';
import { periodBefore } from './compare.js';

export function createCompareSwitch({ state, rows }) {
  return {
    toggle() {
      const data = rows();
      if (!data) return;
      if (state.get().compare) { state.update({ compare: null }); return; }
      const { a, b } = periodBefore(data.visible, data.first, data.last);
      state.update({ from: isoOf(b.from), to: isoOf(b.to), compare: { from: isoOf(a.from), to: isoOf(a.to) } });
    },
  };
}
