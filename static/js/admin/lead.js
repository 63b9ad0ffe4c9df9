/** The thin line that leads from a sentence's number to its card. Computed from two rectangles. */

/** Draws the line from the mark in the margin to the open card, or hides it when either is out of sight. */
export function drawLead() {
  const svg = document.querySelector('.lead');
  const card = document.querySelector('.card.now');
  const mark = card && document.querySelector(`.mark[data-card="${card.dataset.event}"]`);
  const path = svg?.querySelector('path');
  if (!path) return;
  path.setAttribute('d', mark && isSeen(mark, '.text') && isSeen(card, '.cards') ? curve(svg, mark, card) : '');
}

function isSeen(element, frame) {
  const box = element.getBoundingClientRect();
  const around = element.closest(frame).getBoundingClientRect();
  const middle = frame === '.text' ? (box.top + box.bottom) / 2 : box.top + 23;
  return middle > around.top && middle < around.bottom && box.width > 0;
}

function curve(svg, mark, card) {
  const own = svg.getBoundingClientRect();
  const from = mark.getBoundingClientRect();
  const to = card.getBoundingClientRect();
  const mirrored = from.left > to.left;
  const x1 = (mirrored ? from.left : from.right) - own.left;
  const x2 = (mirrored ? to.right : to.left) - own.left;
  const y1 = (from.top + from.bottom) / 2 - own.top;
  const y2 = to.top + 23 - own.top;
  const bend = (x2 - x1) * 0.6;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** Keeps the line true while the page moves; `frames` are the scrolling columns. */
export function followLead(...frames) {
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; drawLead(); });
  };
  frames.forEach((frame) => frame?.addEventListener('scroll', soon, { passive: true }));
  window.addEventListener('resize', () => { partMarks(); soon(); });
  return soon;
}

const APART = 27;

/** Numbers in the margin never lie on each other: of two sentences in one line the second number moves down. */
export function partMarks(root = document) {
  let bottom = -Infinity;
  for (const mark of root.querySelectorAll('.body .mark')) {
    mark.style.marginTop = '';
    const top = mark.getBoundingClientRect().top;
    const shift = Math.max(0, bottom - top);
    if (shift) mark.style.marginTop = `${Math.round(shift) + 2}px`;
    bottom = top + shift + APART;
  }
}
