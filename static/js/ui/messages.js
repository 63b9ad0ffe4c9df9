/** The states of the page in words: loading, nothing matches, no events yet, failed; and short notices. */
import { h, icon, replace } from './dom.js';

const RETRY_S = 10;

export function createMessages(element, toasts, { words, state, onRetry, onReset, onLoosen }) {
  let timer = 0;
  let shown = '';

  function show(kind, ...content) {
    clearInterval(timer);
    shown = kind;
    replace(element, ...content);
    element.setAttribute('role', kind === 'failed' ? 'alert' : 'status');
    element.hidden = false;
  }

  function hide(kind = null) {
    if (kind && kind !== shown) return;
    clearInterval(timer);
    shown = '';
    element.hidden = true;
    replace(element);
  }

  /** `coming`: the manifest, where it is known before the events are: how many, and in how many bytes. */
  function loading(coming) {
    const title = coming?.rows ? words.t('loadingEvents', { n: coming.rows }) : words.t('loading');
    const bar = h('i');
    const bytes = h('span.num');
    show('loading', h('h2', {}, title), h('div.progress', { role: 'progressbar', 'aria-label': words.t('loading'), 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': 0 }, bar), h('p.num.ends', {}, bytes, h('span.muted', {}, words.t('kept'))));
    bar.style.transform = 'scaleX(0)';
    if (coming?.bin) bytes.textContent = words.t('bytesOf', { a: size(0, words), b: size(coming.bin.bytes, words) });
    return ({ loaded, total }) => {
      if (shown !== 'loading') return;
      const share = total ? Math.min(1, loaded / total) : 0;
      bar.style.transform = `scaleX(${share.toFixed(3)})`;
      bar.parentElement.setAttribute('aria-valuenow', Math.round(share * 100));
      bytes.textContent = words.t('bytesOf', { a: size(loaded, words), b: size(total, words) });
    };
  }

  function nothing(visible) {
    const key = `nothing${visible.version}`;
    if (shown === key) return;
    const now = state.get();
    const rows = visible.loosened(now).slice(0, 4).map(({ key: filter, count }) => h('li', {}, h('span', {}, words.t(`without.${filter}`, { q: now.q })),
      h('button.link', { onclick: () => onLoosen(filter) }, words.t('events', { n: count }))));
    show(key, h('h2', {}, words.t('nothing')), rows.length ? h('p', {}, words.t('loosen')) : null, rows.length ? h('ul', {}, ...rows) : null,
      h('div.acts', {}, h('button.btn', { onclick: onReset }, words.t('resetAll'))));
  }

  function empty() {
    show('empty', h('h2', {}, words.t('empty')), h('p', {}, words.t('emptyWhy')), h('p', {}, h('code', {}, 'python3 manage.py demo')),
      h('div.acts', {}, h('a.btn.primary', { href: '/admin/' }, words.t('openDesk')), h('a.btn', { href: '/about/' }, words.t('howItWorks'))));
  }

  function failed(code) {
    let left = RETRY_S;
    const count = h('p.small', {}, words.t('againIn', { n: left }));
    show('failed', h('h2', {}, icon('alert'), words.t('failed')), h('p', {}, words.t(`failedWhy.${code}`), ' ', words.t('failedKept')),
      h('div.acts', {}, h('button.btn.primary', { onclick: onRetry }, words.t('tryAgain')), h('a.btn', { href: `/events/?lang=${words.lang}` }, words.t('plainList'))), count);
    timer = setInterval(() => {
      left -= 1;
      if (left <= 0) { clearInterval(timer); onRetry(); } else count.textContent = words.t('againIn', { n: left });
    }, 1000);
  }

  /** A line at the top of the map; `key` keeps one of a kind. */
  function notice(key, sign, strong, text, { fades = 0 } = {}) {
    drop(key);
    const toast = h('div.toast', { dataset: { key } }, icon(sign), h('span.grow', {}, h('b', {}, strong), strong && text ? ' ' : '', text), h('button.btn.quiet.icon', { 'aria-label': words.t('dismiss'), onclick: () => toast.remove() }, icon('x')));
    toasts.append(toast);
    if (fades) setTimeout(() => toast.remove(), fades);
  }

  const drop = (key) => toasts.querySelector(`[data-key="${key}"]`)?.remove();

  return { loading, nothing, empty, failed, hide, notice, drop, get shown() { return shown; } };
}

const size = (bytes, words) => (bytes < 1_000_000 ? words.t('kb', { n: Math.round(bytes / 1000) }) : words.t('mb', { n: Math.round(bytes / 100_000) / 10 }));
