(() => {
  const $ = id => document.getElementById(id);
  const pages = {
    "/": ["A voice agent that answers every call", "It qualifies who calls and books the appointment, day and night. We set it up in a week."],
    "/offer": ["An audit of your calls, in one week", "1,200 € before tax. You get the numbers, the script of your agent, and a date."],
    "/work": ["212 calls a week, none lost", "How a practice of three doctors stopped calling back at night."],
  };

  // A single-page app: a route changes the address, and loads nothing.
  const show = () => { [$("title").textContent, $("lead").textContent] = pages[location.pathname] || pages["/"]; };
  document.querySelectorAll("[data-route]").forEach(link => link.addEventListener("click", event => {
    event.preventDefault();
    history.pushState({}, "", link.getAttribute("href"));
    show();
  }));
  addEventListener("popstate", show);
  show();

  // The banner. What was chosen is remembered for this window only: the collector remembers what it may.
  const choose = (measurement, ads) => {
    RevOps.consent({ measurement, ads, personalization: ads, textVersion: "site-1", country: "FR" });
    sessionStorage.chosen = measurement ? ads ? "You accepted all." : "You accepted measuring only." : "You refused.";
    $("banner").hidden = true;
    $("state").textContent = sessionStorage.chosen;
  };
  $("accept").onclick = () => choose(true, true);
  $("measure").onclick = () => choose(true, false);
  $("refuse").onclick = () => choose(false, false);
  $("privacy").onclick = () => { $("banner").hidden = false; $("accept").focus(); };
  $("banner").hidden = !!sessionStorage.chosen;
  if (sessionStorage.chosen) $("state").textContent = sessionStorage.chosen;

  // The conversation: the four questions of BANT.
  const questions = [
    ["budget", "Have you set a budget aside for this?", "Yes, about 3,000 € this quarter.", "Not yet."],
    ["authority", "Are you the one who decides?", "Yes, I decide.", "No, my partner does."],
    ["need", "What happens to the calls that you miss today?", "They are lost, some every day.", "We miss none."],
    ["timeline", "When should it run?", "Before the end of the month.", "Some day."],
  ];
  const say = (text, mine) => { const line = document.createElement("li"); line.textContent = text; if (mine) line.className = "me"; $("said").append(line); };
  const offer = (...choices) => $("choices").replaceChildren(...choices.map(([text, act]) => Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: text, onclick: act })));
  const post = async (path, body) => {
    const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };

  $("talk").onclick = () => {
    $("talk").hidden = true;
    $("conversation").hidden = false;
    const started = Date.now(), bant = {};
    say("Good day, I am the voice agent of Agence Écho: a program, not a person. May I ask four questions?");
    const ask = index => {
      if (index == questions.length) return email(started, bant);
      const [name, question, yes, no] = questions[index];
      say(question);
      const answer = met => () => { bant[name] = { met, evidence: met ? yes : no }; say(met ? yes : no, true); ask(index + 1); };
      offer([yes, answer(true)], [no, answer(false)]);
    };
    ask(0);
  };

  const email = (started, bant) => {
    say("Thank you. Where may we write to?");
    const form = document.createElement("form");
    form.innerHTML = '<label>E-mail <input type="email" name="email" required autocomplete="email"></label><button>Send</button>';
    form.onsubmit = async event => {
      event.preventDefault();
      const address = form.email.value;
      say(address, true);
      try {
        const sessionId = "site-" + crypto.randomUUID();
        // What the widget hands its server: who this browser is, as far as the visitor allows it.
        const context = RevOps.voiceContext ? RevOps.voiceContext() : {};
        const { qualified } = await post("/voice", { sessionId, context, email: address, bant, lastedMs: Date.now() - started });
        // The same ids as the server's: pixel and server are counted once.
        if (RevOps.eventId) fbq("track", "Lead", {}, { eventID: RevOps.eventId("lead", sessionId) });
        say(qualified ? "That fits well. Shall I book the audit?" : "Thank you, we will write to you.");
        offer(...qualified ? [["Book the audit, 1,200 €", () => book(sessionId, context, address)]] : []);
      } catch (error) { say("It did not work: " + error.message); }
    };
    $("choices").replaceChildren(form);
  };

  const book = async (sessionId, context, address) => {
    say("Yes, book it.", true);
    offer();
    try {
      const { bookingId } = await post("/booking", { sessionId, context, email: address });
      if (RevOps.eventId) fbq("track", "Purchase", { value: 1200, currency: "EUR" }, { eventID: RevOps.eventId("booked", bookingId) });
      say("Booked: " + bookingId + ". You will get an invoice.");
    } catch (error) { say("It did not work: " + error.message); }
  };
})();
