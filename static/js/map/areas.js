/** Where the name of a country or a sea stands: within its part that is in sight. */

const COLUMNS = 9;
const ROWS = 8;
const LAND_OF = { 'Türkiye': 'turkey', 'Saudi Arabia': 'saudi-arabia' };

/** The key of a label's land in the base map, or null for water. */
export const landOf = (label) => (label.kind === 'country' ? LAND_OF[label.en] ?? label.en.toLowerCase() : null);

/**
 * A spot for a text of width x height in the pane whose corners and middle all pass `inside`, the one nearest to x, y.
 * @returns {[number, number] | null} the middle of the text's base line, in canvas pixels
 */
export function spotInside({ x, y, width, height }, [left, top, right, bottom], inside, free) {
  let best = null;
  let least = Infinity;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const cx = left + ((column + 0.5) / COLUMNS) * (right - left);
      const cy = top + ((row + 0.5) / ROWS) * (bottom - top);
      const away = Math.hypot(cx - x, cy - y);
      if (away >= least) continue;
      const box = [cx - width / 2 - 4, cy - height, cx + width / 2 + 4, cy + 5];
      if (box[0] < left || box[1] < top || box[2] > right || box[3] > bottom || !free(box)) continue;
      if (!corners(box).every(([px, py]) => inside(px, py))) continue;
      best = [cx, cy];
      least = away;
    }
  }
  return best;
}

const corners = ([x0, y0, x1, y1]) => [[x0, y0], [x1, y0], [x0, y1], [x1, y1], [(x0 + x1) / 2, (y0 + y1) / 2]];
