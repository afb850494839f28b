// The browser collector of RevOps: what a visitor's browser tells once the visitor has agreed, and nothing that identifies before.
//   <script async src="https://HOST/revops.js" data-key="pk_…"></script>
// Comments and indentation are taken out when it is served; there is no other build. docs/collector.md says what it sends and keeps.
((w, d) => {
  const me = d.currentScript || d.querySelector("script[data-key]");
  const stub = w.RevOps || {};
  // Without randomUUID (browsers before 2022, pages without TLS) there is no good id to give.
  if (!me || stub.eventId || !w.crypto.randomUUID) return;

  const { key, domain } = me.dataset;
  // Beside the script, wherever it was loaded from: behind the client's own domain too.
  const target = new URL("collect", me.src).href;
  const nav = navigator, now = Date.now, uuid = () => crypto.randomUUID();

  const NAME = "_rv", MINUTE = 6e4, DAY = 864e5;
  // 13 months in seconds: the longest that the French authority recommends, counted from the first visit and never prolonged.
  const LIFE = 34128e3;
  const CLICK = /^(gclid|gbraid|wbraid|fbclid|msclkid|ttclid|li_fat_id)$/;
  const CAMPAIGN = /^(utm_(source|medium|campaign|content|term|id)|ad_(platform|campaign|adset|id))$/;
  const PURPOSES = ["measurement", "ads", "personalization"];

  // What was answered, by purpose; and the weight of whoever answered: consent mode 0, TCF 1, the page itself 2.
  let answers = {}, weight = 0;
  // Landings of this page view that wait for consent, and those seen in it.
  let landings = [];
  const seen = {};
  // Event ids given out, how many of them were reported, whether the visit is counted without consent, and what is kept.
  let given = [], reported = 0, counted, memory;

  // What is kept in the browser, after consent only: a cookie with the visitor's id, and beside it what belongs to the id.

  const cookie = name => ("; " + d.cookie).split("; " + name + "=")[1]?.split(";")[0];

  // "id.second of its making", and ".s" where the server set it: browsers that cap script cookies leave that one alone.
  const mark = () => {
    const parts = (cookie(NAME) || "").split(".");
    return parts[0].length == 36 && +parts[1] + LIFE > now() / 1e3 ? parts : [];
  };

  const writeCookie = (value, life) => {
    d.cookie = NAME + "=" + value + ";path=/;samesite=lax;max-age=" + life + (domain ? ";domain=" + domain : "") + (location.protocol == "https:" ? ";secure" : "");
  };

  const visitor = () => {
    let [id, made, byServer] = mark();
    id = id || uuid();
    made = made || now() / 1e3 | 0;
    if (!byServer) writeCookie(id + "." + made, +made + LIFE - (now() / 1e3 | 0));
    return id;
  };

  // Read anew where another window may have written.
  const kept = anew => {
    if (anew || !memory) {
      try { memory = JSON.parse(localStorage[NAME]); } catch { }
      memory = memory || { clicks: {} };
      for (const kind in memory.clicks) if (now() - memory.clicks[kind][1] > 90 * DAY) delete memory.clicks[kind];
    }
    return memory;
  };

  const keep = () => { try { localStorage[NAME] = JSON.stringify(memory); } catch { } };

  const forget = () => {
    memory = 0;
    writeCookie("", 0);
    try { delete localStorage[NAME]; } catch { }
  };

  // Sending. A beacon brings cookies along, so what is anonymous goes another way, and has no time and no id.

  const send = (kind, body, anonymous) => {
    const text = JSON.stringify({ key, kind, ...body, ...anonymous ? {} : { id: body.id || uuid(), time: new Date(), domain } });
    if (anonymous || !nav.sendBeacon?.(target, text))
      fetch(target, { method: "POST", body: text, keepalive: true, credentials: anonymous ? "omit" : "include" }).catch(() => { });
  };

  // Visits.

  const outside = address => {
    const host = new URL(address).hostname;
    return host != location.hostname && !(domain && ("." + host).endsWith("." + domain));
  };

  const land = referrer => {
    const found = {};
    new URLSearchParams(location.search).forEach((value, name) => {
      if (value && (CLICK.test(name) || CAMPAIGN.test(name))) found[name] = value;
    });
    const name = "" + new URLSearchParams(found);
    // A route of a single-page app is no landing, new campaign parameters are.
    if (referrer != null || name && !seen[name]) landings.push({ at: now(), found, name, referrer, url: location.origin + location.pathname });
    seen[name] = 1;
  };

  const clicksOf = found => Object.keys(found).filter(name => CLICK.test(name));

  const touch = ({ at, found, name, referrer, url }) => {
    const state = kept();
    const isNew = !(now() - state.active < 30 * MINUTE) || referrer || name && name != state.campaign;
    // Seen before, it keeps the time of its first sight.
    clicksOf(found).forEach(kind => { if (state.clicks[kind]?.[0] != found[kind]) state.clicks[kind] = [found[kind], at]; });
    const ad = { platform: found.ad_platform, campaignId: found.ad_campaign, adsetId: found.ad_adset, adId: found.ad_id };
    if (Object.values(ad).some(value => value)) state.ad = ad;
    if (name) state.campaign = name;
    if (!isNew) return;
    const { visitorId, fbp, fbc } = context(), id = state.touch = uuid();
    send("touch", { id, visitorId, url: url + (name && "?" + name), referrer, ads: !!answers.ads, fbp, fbc });
    const look = () => setTimeout(() => report(id), 4e3);
    if (d.readyState == "complete") look(); else w.addEventListener("load", look);
  };

  const flush = () => {
    if (!answers.measurement) return;
    kept(1);
    landings.splice(0).forEach(touch);
    memory.active = now();
    keep();
  };

  // Without consent a visit is a number per channel: no id, no page, no cookie; and nothing at all where the browser asks not to be tracked.
  const ping = () => {
    const landing = landings[0];
    if (counted || answers.measurement || !landing || nav.globalPrivacyControl || nav.doNotTrack == 1) return;
    counted = 1;
    const { found, referrer } = landing;
    send("ping", { source: found.utm_source, medium: found.utm_medium, clicks: clicksOf(found), referrer: referrer && new URL(referrer).origin }, 1);
  };

  // Whether the platforms' own pixels came through: their snippets leave a stub behind, and only what they load completes it.
  const report = checked => {
    const touch = checked || kept().touch, expected = [], loaded = [];
    if (!answers.measurement || !touch || !checked && reported == given.length) return;
    const look = (name, on, done) => { if (on) expected.push(name); if (done) loaded.push(name); };
    look("meta", w.fbq, w.fbq?.callMethod);
    look("google", w.gtag || w.google_tag_manager, w.google_tag_manager);
    reported = given.length;
    send("pixel", { touch, expected, loaded, eventIds: given });
  };

  // Consent.

  const decide = (said, by, rank, textVersion) => {
    if (rank < weight) return;
    weight = rank;
    const purposes = {}, before = answers.measurement;
    PURPOSES.forEach(purpose => {
      if (said[purpose] != null) answers[purpose] = !!said[purpose];
      if (purpose in answers) purposes[purpose] = answers[purpose] ? "granted" : "denied";
    });
    const { measurement } = answers, visitorId = measurement ? visitor() : mark()[0];
    // Without an id nobody is known who could have refused.
    if (visitorId) {
      const answer = JSON.stringify([answers, textVersion]);
      if (kept().answer != answer) send("consent", { visitorId, purposes, textVersion, country: said.country, proof: by + " " + location.pathname });
      memory.answer = answer;
      if (measurement) { keep(); if (!before) flush(); }
      else if (measurement === false) forget();
    } else if (measurement === false) ping();
  };

  // IAB TCF 2. Purpose 1 is storage; 7 and 8 measure advertising and content; 3 and 4 personalise ads.
  let listening;
  const listen = () => {
    if (listening || !w.__tcfapi) return;
    listening = 1;
    w.__tcfapi("addEventListener", 2, (data, ok) => {
      if (!ok || data.gdprApplies === false || !/^(tcl|usera)/.test(data.eventStatus)) return;
      const may = data.purpose.consents, all = (...of) => of.every(purpose => may[purpose]);
      decide({ measurement: all(1, 7, 8), ads: all(1, 7), personalization: all(1, 3, 4) }, "tcf", 1, "tcf-" + data.cmpId + "." + data.cmpVersion + "-" + data.tcfPolicyVersion);
    });
  };

  // Google consent mode: its updates. A default is nobody's answer, and may speak of another region than the visitor's.
  const mode = {};
  const hear = entry => {
    const [word, kind, said] = Array.from(entry || []);
    if (word != "consent" || kind != "update") return;
    Object.assign(mode, said);
    const granted = (...names) => mode[names[0]] ? names.every(name => mode[name] == "granted") : null;
    decide({ measurement: granted("analytics_storage"), ads: granted("ad_storage", "ad_user_data"), personalization: granted("ad_personalization") }, "consent-mode", 0, "consent-mode");
  };

  // What the page may ask. Everything answers at once.

  const context = () => {
    if (!answers.measurement) return {};
    const { clicks, ad } = kept(), clickIds = {}, about = { visitorId: visitor(), clickIds, ad };
    for (const kind in clicks) clickIds[kind] = clicks[kind][0];
    if (answers.ads) {
      about.fbp = cookie("_fbp");
      about.fbc = cookie("_fbc") || clicks.fbclid && "fb.1." + clicks.fbclid[1] + "." + clicks.fbclid[0];
    }
    return about;
  };

  // SHA-256 in hex. The browser's own one answers later, and a pixel is fired now.
  const sha256 = text => {
    const turn = (value, by) => value >>> by | value << 32 - by;
    const bytes = new TextEncoder().encode(text), size = bytes.length, hash = [], k = [], words = [];
    const root = (prime, of) => prime ** (1 / of) * 2 ** 32 | 0;
    for (let prime = 2, i; k.length < 64; prime++) {
      for (i = 2; prime % i; i++);
      if (i == prime) {
        if (k.length < 8) hash.push(root(prime, 2));
        k.push(root(prime, 3));
      }
    }
    bytes.forEach((byte, i) => words[i >> 2] |= byte << 24 - i % 4 * 8);
    words[size >> 2] |= 128 << 24 - size % 4 * 8;
    const end = (size + 8 >> 6) * 16 + 15;
    words[end] = size * 8;
    for (let j = 0; j < end; j += 16) {
      const block = Array.from({ length: 16 }, (_, i) => words[j + i] | 0);
      let s = hash.slice();
      for (let i = 0; i < 64; i++) {
        const a = block[i - 15], b = block[i - 2];
        if (i > 15) block[i] = block[i - 16] + block[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10) | 0;
        const one = s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + (s[4] & s[5] ^ ~s[4] & s[6]) + k[i] + block[i];
        const two = (turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + (s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]);
        s = [one + two | 0, ...s];
        s[4] = s[4] + one | 0;
      }
      hash.forEach((word, i) => hash[i] = word + s[i] | 0);
    }
    return hash.map(word => (word >>> 0).toString(16).padStart(8, 0)).join("");
  };

  const api = w.RevOps = {
    // {measurement, ads, personalization: true or false, textVersion, country}; what is left out stays as it was.
    consent: said => decide(said, "banner", 2, said.textVersion || "unversioned"),
    // Runs when the rest of this object is there.
    ready: run => run(api),
    // {visitorId, clickIds, ad, fbp, fbc} for the voice widget; empty without consent.
    voiceContext: context,
    // The id under which the server tells the ad platforms of this stage (lead, qualified, meeting, booked, paid, refunded): the pixel's eventID.
    eventId: (stage, id) => {
      id = "" + id;
      id = (stage + ".").toLowerCase() + (id.length > 64 ? sha256(id) : id);
      if (!given.includes(id)) given = [...given, id].slice(-100);
      return id;
    },
  };

  const start = () => {
    // Reloading, going back and following a link inside the site are no arrivals.
    const from = d.referrer, kind = performance.getEntriesByType("navigation")[0]?.type;
    const arrived = (!kind || kind == "navigate") && (!from || outside(from));
    counted = !arrived;
    land(arrived ? from : "");

    const routed = () => { land(); flush(); };
    for (const name of ["pushState", "replaceState"]) {
      const original = history[name];
      history[name] = function () { original.apply(this, arguments); routed(); };
    }
    w.addEventListener("popstate", routed);

    // Whoever agreed before, and has not gone back on it.
    if (!mark()[0]) forget();
    else if (kept().answer) {
      answers = JSON.parse(memory.answer)[0];
      flush();
    }

    // Taken back in another window of the same site.
    w.addEventListener("storage", ({ key, newValue }) => { if (key == NAME && !newValue) [answers, memory] = [{}, 0]; });

    (stub.q || []).forEach(([name, ...said]) => api[name](...said));
    listen();
    w.addEventListener("load", listen);
    const layer = w.dataLayer = w.dataLayer || [], push = layer.push;
    layer.slice().forEach(hear);
    layer.push = function () {
      [...arguments].forEach(hear);
      return push.apply(layer, arguments);
    };

    d.addEventListener("visibilitychange", () => {
      if (d.visibilityState == "visible") return;
      ping();
      report();
      flush();
    });
  };

  if (d.prerendering) d.addEventListener("prerenderingchange", start, { once: true });
  else start();
})(window, document);
