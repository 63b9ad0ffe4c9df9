/** A field for a place: what is typed is looked up, the answers are offered in a list under it. */

const WAIT_MS = 140;
let lists = 0;

/** @param {HTMLElement} field holds the input; `data-place-search` is the address to ask. */
export function searchPlaces(field, { onChoose = () => {} } = {}) {
  const input = field.querySelector('input');
  const list = document.createElement('datalist');
  list.id = `places-${(lists += 1)}`;
  input.setAttribute('list', list.id);
  input.setAttribute('autocomplete', 'off');
  field.append(list);
  let timer = 0;
  let rows = [];
  input.addEventListener('input', () => {
    clearTimeout(timer);
    const chosen = rows.find((row) => row.label === input.value);
    if (chosen) { onChoose(chosen); return; }
    timer = setTimeout(async () => { rows = await ask(field.dataset.placeSearch, input.value); offer(list, rows); }, WAIT_MS);
  });
}

async function ask(address, text) {
  if (text.trim().length < 2) return [];
  try {
    const response = await fetch(`${address}?q=${encodeURIComponent(text)}`, { credentials: 'same-origin' });
    return response.ok ? (await response.json()).places : [];
  } catch { return []; }
}

function offer(list, rows) {
  list.replaceChildren(...rows.map((row) => {
    const option = document.createElement('option');
    option.value = row.label;
    option.label = [row.kind, row.in].filter(Boolean).join(', ');
    return option;
  }));
}
