// Opening, moving and choosing happen here, at the speed of the keyboard; the server only finds.
export function attach(dialog) {
  const input = dialog.querySelector("input");
  const options = () => [...dialog.querySelectorAll("[role=option]")];
  let chosen = 0;

  const mark = index => {
    const all = options();
    chosen = Math.max(0, Math.min(all.length - 1, index));
    all.forEach((option, at) => option.setAttribute("aria-selected", at === chosen));
    input.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
    all[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    mark(0);
  };

  const listen = new AbortController();
  const on = (target, type, act) => target.addEventListener(type, act, { signal: listen.signal });
  on(document, "keydown", event => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    dialog.open ? dialog.close() : open();
  });
  on(document, "click", event => event.target.closest("[data-palette]") && open());
  on(dialog, "keydown", event => {
    const steps = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 };
    if (event.key in steps) { event.preventDefault(); mark(steps[event.key]); }
    else if (event.key === "Enter") { event.preventDefault(); options()[chosen]?.click(); }
  });
  on(dialog, "click", event => (event.target === dialog || event.target.closest("a")) && dialog.close());
  const renewed = new MutationObserver(() => dialog.open && mark(0));
  renewed.observe(dialog.querySelector("ul"), { childList: true, subtree: true, characterData: true });
  dialog.dataset.ready = "";
  return { dispose: () => { listen.abort(); renewed.disconnect(); } };
}
