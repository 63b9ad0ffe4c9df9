/** The bar at the top: theme, language, and the buttons that open things. */
import { formatQuery } from '../model/query.js';
import { setText } from './dom.js';

export function createTopbar(element, { state, words, onTheme, onSearch, onShare, onKeys, onRail }) {
  const find = (name) => element.querySelector(name);
  const theme = find('.theme-switch');
  const searchText = find('.search-open span');
  const root = document.documentElement;
  let drawn = '';
  find('.search-open').addEventListener('click', onSearch);
  element.querySelectorAll('.share-open, .menu-open').forEach((button) => button.addEventListener('click', onShare));
  find('.keys-open').addEventListener('click', onKeys);
  find('.rail-open').addEventListener('click', onRail);
  theme.addEventListener('click', () => setTheme(root.dataset.theme === 'dark' ? 'light' : 'dark'));
  // The other language keeps the view: the link takes the state as it is when it is followed.
  element.querySelectorAll('[data-lang]').forEach((link) => link.addEventListener('click', () => { link.href = `?${formatQuery({ ...state.get(), lang: link.dataset.lang })}`; }));
  theme.setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));

  function setTheme(name) {
    root.dataset.theme = name;
    theme.setAttribute('aria-pressed', String(name === 'dark'));
    try { localStorage.setItem('idlibmap.theme', name); } catch { /* a frame may forbid storage; the choice then lasts as long as the page */ }
    onTheme();
  }

  return {
    setVersion(hash) { setText(find('[data-version]'), hash ? words.t('dataVersion', { v: hash }) : ''); },
    drawQuery(q) {
      if (q === drawn) return;
      drawn = q;
      find('.search-open').classList.toggle('has-query', Boolean(q));
      setText(searchText, q || words.t('searchHint'));
    },
  };
}
