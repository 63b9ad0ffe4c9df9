/** The contents of a long page: the part that is being read is marked. A page's own script; without it nothing is marked. */

/** The part that is read is the last whose heading stands above this line, in pixels from the top: where a link brings it. */
const READ = 80;

const links = [...document.querySelectorAll('.toc nav a')];
const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
let waiting = false;

function mark() {
  waiting = false;
  const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  const passed = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top <= READ);
  const current = atEnd && window.scrollY > 0 ? links.length - 1 : Math.max(0, passed);
  links.forEach((link, k) => { if (k === current) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current'); });
}

function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(mark);
}

window.addEventListener('scroll', soon, { passive: true });
window.addEventListener('resize', soon);
mark();
