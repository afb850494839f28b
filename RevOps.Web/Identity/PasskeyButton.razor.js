// Asks the browser for a passkey and posts its answer with the form around the button. The server decides; nothing is decided here.
// A challenge lasts five minutes at the server: one that waits in the list under a field is renewed before.
const renewEvery = 4 * 60 * 1000;
const able = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

class PasskeyButton extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.problem = this.querySelector("p");
    if (!able) {
      this.button.disabled = true;
      this.say(this.getAttribute("missing"));
      return;
    }
    this.onPress = () => this.ask(false);
    this.button.addEventListener("click", this.onPress);
    if (this.hasAttribute("offer")) this.offer();
  }

  disconnectedCallback() {
    this.button?.removeEventListener("click", this.onPress);
    clearTimeout(this.renewal);
    this.asking?.abort();
  }

  async offer() {
    if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    this.renewal = setTimeout(() => this.offer(), renewEvery);
    await this.ask(true);
  }

  // quiet: it waits in the list under the field, and what goes wrong there is nobody's problem.
  async ask(quiet) {
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    if (!quiet) {
      clearTimeout(this.renewal);
      this.say(null);
    }
    try {
      const form = this.closest("form");
      const answer = await fetch(this.getAttribute("from"), { method: "POST", body: new FormData(form), signal: asking.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const options = await answer.json();
      const credential = this.hasAttribute("create")
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal: asking.signal })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), signal: asking.signal, mediation: quiet ? "conditional" : undefined });
      this.querySelector("input").value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      if (quiet || error.name === "AbortError") return;
      const why = { NotAllowedError: "refused", InvalidStateError: "known" }[error.name] ?? "said";
      this.say(this.getAttribute(why));
    }
  }

  say(text) {
    this.problem.hidden = !text;
    this.problem.textContent = text ?? "";
  }
}

if (!customElements.get("passkey-button")) customElements.define("passkey-button", PasskeyButton);
