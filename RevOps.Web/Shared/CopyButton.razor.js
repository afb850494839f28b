// The listener goes with its element; what it copies is read at the click.
export function attach(button) {
  const said = button.nextElementSibling;
  button.addEventListener("click", async () => {
    const done = await copy(button.dataset.copy);
    said.textContent = done ? said.dataset.done : said.dataset.failed;
    setTimeout(() => { said.textContent = ""; }, 3000);
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

// Over plain http there is no clipboard to write to; this way every browser still knows.
function copyOldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.style.position = "fixed";
  document.body.append(area);
  const focused = document.activeElement;
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus();
  }
}
