// Keys that mean something to whoever has the focus stay theirs.
const typing = "textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])";
const pressing = "button, summary, input";

export function listen(page, keys) {
  const down = event => {
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const key = event.shiftKey && /^[a-z]$/.test(letter) ? `Shift+${letter}` : letter;
    // A key held down is one wish, not twelve.
    if (event.repeat && !key.startsWith("Arrow")) return;
    if (!keys.includes(key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(typing) || (key === " " && event.target.closest(pressing))) return;
    if (document.querySelector("[role=dialog], dialog[open]")) return;

    event.preventDefault();
    page.invokeMethodAsync("PressAsync", key);
  };
  document.addEventListener("keydown", down);
  return { dispose: () => document.removeEventListener("keydown", down) };
}
