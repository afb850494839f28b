// Keys of a table, and whether somebody is in the middle of it: then rows keep their places.
export function attach(root, table) {
  const list = root.querySelector(".list");
  const rows = () => [...list.querySelectorAll("tbody tr")];
  const handle = row => row.querySelector("a.open") ?? row.querySelector("input, a, button") ?? row;
  let busy = false, inside = false;

  const tell = () => {
    const now = inside || (window.scrollY > 80 && list.getBoundingClientRect().top < 0);
    if (now !== busy) table.invokeMethodAsync("SetBusy", busy = now);
  };
  const enter = () => { inside = true; tell(); };
  const leave = () => { inside = false; tell(); };

  const move = (from, step) => {
    const all = rows();
    const here = all.indexOf(from);
    const next = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + step))];
    if (!next) return;
    handle(next).focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const down = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, textarea, input:not([type=checkbox])")) return;
    const row = event.target.closest("tbody tr");
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -1e6, End: 1e6 };
    if (event.key in steps && (row || event.target === list)) {
      event.preventDefault();
      move(row, steps[event.key]);
    } else if (event.key === " " && row && event.target.matches("a.open")) {
      const tick = row.querySelector(".tick input:not(:disabled)");
      if (tick) { event.preventDefault(); tick.click(); }
    }
  };

  const listen = new AbortController();
  const options = { signal: listen.signal };
  list.addEventListener("pointerenter", enter, options);
  list.addEventListener("pointerleave", leave, options);
  list.addEventListener("keydown", down, options);
  window.addEventListener("scroll", tell, { ...options, passive: true });
  return { dispose: () => listen.abort() };
}

export async function save(name, stream) {
  const url = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
