/** The selected words of the report as offsets into its text. */

/** Code points from the start of the text to a point of the shown one; each paragraph knows its own start. */
function offsetOf(node, offset) {
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = holder.closest('p[data-start]');
  if (!paragraph) return null;
  const target = node.nodeType === Node.TEXT_NODE ? node : node.childNodes[offset] ?? null;
  const within = node.nodeType === Node.TEXT_NODE ? offset : 0;
  let count = Number(paragraph.dataset.start);
  for (const text of textsOf(paragraph)) {
    if (text === target) return count + [...text.data.slice(0, within)].length;
    if (target && target.nodeType !== Node.TEXT_NODE && target.contains(text)) return count;
    count += [...text.data].length;
  }
  return count;
}

/** The words of a paragraph without the numbers in its margin. */
function textsOf(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.mark')) found.push(walker.currentNode);
  return found;
}

/**
 * @param {HTMLElement} root the report's text
 * @returns {[number, number] | null} start and end (exclusive) in code points, or null without a selection in it
 */
export function selectedSpan(root) {
  const selection = window.getSelection();
  if (!root || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start !== null && end > start ? [start, end] : null;
}
