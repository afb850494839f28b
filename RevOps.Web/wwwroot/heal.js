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

// A lost connection is taken up again by itself, but a first one that fails is not: its page would stand there deaf without a word.
let connected = false;

async function startAtLast(connection, start) {
  for (let wait = 500; ; wait = Math.min(2 * wait, 8000)) {
    try {
      await start.call(connection);
      connected = true;
      return;
    } catch (error) {
      if (connected) throw error;
      console.warn("The first connection failed and is tried again.", error);
      await new Promise(resolve => setTimeout(resolve, wait));
    }
  }
}

Blazor.start({
  circuit: {
    configureSignalR: builder => {
      const build = builder.build;
      builder.build = () => {
        const connection = build.call(builder), start = connection.start;
        connection.start = () => startAtLast(connection, start);
        return connection;
      };
    },
  },
});
