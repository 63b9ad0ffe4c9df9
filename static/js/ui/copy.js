/** Copies a text and says so on the button that asked. */

export async function copyText(text, button, words, field = null) {
  const label = button.querySelector('span') ?? button;
  const before = label.textContent;
  let said = words.t('copied');
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    field?.select();
    if (!field || !document.execCommand('copy')) said = words.t('copyFailed');
  }
  if (label === button) button.lastChild.textContent = said; else label.textContent = said;
  setTimeout(() => { if (label === button) button.lastChild.textContent = before; else label.textContent = before; }, 1600);
}
