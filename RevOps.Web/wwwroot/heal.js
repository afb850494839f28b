// What this document's policy lets run. Kept here because enhanced navigation writes the nonces of later answers over the elements',
// and the policy that counts stays the first one.
document.nonceOfPolicy = document.currentScript.nonce;

// A circuit that the server no longer knows (it was restarted) cannot be taken up again. The page is loaded anew as soon as the server
// answers, unless somebody is in the middle of typing: then the notice stands, and the link in it is theirs to follow.
const modal = document.getElementById("components-reconnect-modal");
const lost = ["components-reconnect-failed", "components-reconnect-rejected"];
let healing = false;

async function heal() {
  if (healing) return;
  healing = true;
  while (lost.some(name => modal.classList.contains(name))) {
    const typed = [...document.querySelectorAll("textarea, input[type=text], input[type=email], input:not([type])")].some(field => field.value !== field.defaultValue);
    if (!typed) {
      const ready = await fetch("/healthz/ready", { cache: "no-store" }).then(answer => answer.ok, () => false);
      if (ready) return location.reload();
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
  healing = false;
}

if (modal) new MutationObserver(heal).observe(modal, { attributes: true, attributeFilter: ["class"] });
