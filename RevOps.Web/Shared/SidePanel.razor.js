// Focus goes into the panel when it opens beside a list that was in use, and back when it closes.
export function attach(panel) {
  const before = document.activeElement;
  if (before && before !== document.body) panel.querySelector("h2").focus({ preventScroll: true });
  const down = event => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], [role=dialog], [role=alertdialog]")) return;
    if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
    panel.querySelector("a.close").click();
  };
  document.addEventListener("keydown", down);
  return {
    dispose: () => {
      document.removeEventListener("keydown", down);
      if (before?.isConnected) before.focus({ preventScroll: true });
    },
  };
}
