/** The tokens of the stylesheet as colours for canvases; read again when the theme changes. */

const FONTS = [10, 11, 12, 13];
const PLAIN = {
  ink: '--ink', ink2: '--ink-2', ink3: '--ink-3', inkInverse: '--ink-inverse', paper: '--paper', paper3: '--paper-3', line: '--line', line2: '--line-2', line3: '--line-3',
  rest: '--rest', restPale: '--rest-pale', sea: '--map-sea', land: '--map-land', abroad: '--map-abroad', border: '--map-border', admin: '--map-admin',
  river: '--map-river', road: '--map-road', roadCase: '--map-road-case', label: '--map-label', label2: '--map-label-2', halo: '--map-halo', waterLabel: '--map-water-label',
  periodA: '--period-a', periodB: '--period-b',
};

/** Types in the order in which they are listed and stacked. */
export const TYPE_ORDER = ['battles', 'explosions', 'civilians', 'protests', 'riots', 'strategic'];

/** An object that keeps its identity: `read()` fills it anew, `setGroups` colours the groups in force. */
export function createPalette(element) {
  const palette = { groups: [], types: {}, fonts: {}, family: 'sans-serif', coast: '', onPeriodA: '#15181c' };
  let colouring = { colour: 'type', groups: [] };

  function read() {
    const style = getComputedStyle(element);
    const token = (name) => style.getPropertyValue(name).trim();
    for (const [key, name] of Object.entries(PLAIN)) palette[key] = token(name);
    palette.coast = palette.border;
    for (const type of TYPE_ORDER) palette.types[type] = { fill: token(`--${type}`), edge: token(`--${type}-edge`), pale: token(`--${type}-pale`), text: token(`--${type}-text`) };
    palette.family = getComputedStyle(document.body).fontFamily;
    for (const size of FONTS) palette.fonts[size] = `600 ${size}px ${palette.family}`;
    Object.assign(palette.fonts, { strong12: `600 12px ${palette.family}`, plain12: `400 12px ${palette.family}`, strong10: `600 10.5px ${palette.family}` });
    palette.token = token;
    paintGroups(palette, colouring);
  }

  palette.read = read;
  palette.setGroups = (colour, groups) => { colouring = { colour, groups }; paintGroups(palette, colouring); };
  read();
  return palette;
}

function paintGroups(palette, { colour, groups }) {
  const coloured = groups.map((group) => ({ ...group, ...coloursOf(palette, colour, group, groups.length) }));
  if (colour === 'type') coloured.sort((a, b) => TYPE_ORDER.indexOf(a.key) - TYPE_ORDER.indexOf(b.key));
  palette.groups = coloured;
}

function coloursOf(palette, colour, { key, index }, count) {
  if (colour === 'type') return palette.types[key];
  const last = colour === 'actor' && index === count - 1;
  const fill = palette.token(colour === 'actor' ? `--actor-${last ? 6 : index + 1}` : `--sources-${index + 1}`);
  return { fill, edge: palette.ink2, pale: mix(fill, palette.paper, 0.6) };
}

/** `share` of the second colour in the first; both '#rrggbb'. */
export function mix(first, second, share) {
  const parts = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const [a, b] = [parts(first), parts(second)];
  return `rgb(${a.map((value, i) => Math.round(value + (b[i] - value) * share)).join(' ')})`;
}
