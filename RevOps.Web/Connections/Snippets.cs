using System.Globalization;
using RevOps.Core.Ingestion;

namespace RevOps.Web.Connections;

/// <summary>What a developer pastes to send a first event. The test suite sends each of them, so that none can rot.</summary>
public static class Snippets
{
    /// <summary>The key stays out of the commands, and so out of histories and logs.</summary>
    public const string Key = "export REVOPS_KEY=rk_…";

    public static string CurlBooking(Uri address) => Curl(address, BookingBody);

    public static string CurlVoiceSession(Uri address, DateTimeOffset now) => Curl(address, VoiceBody(now));

    /// <summary>CommonJS, Node 18 or newer, no dependency.</summary>
    public static string Node(Uri address) => $$"""
        // revops.js: sends what the voice AI learnt. Call it when a conversation has ended.
        const { randomUUID } = require("node:crypto");

        // context: what RevOps.voiceContext() gave the page that the conversation came from, handed over by the widget; empty without consent.
        async function sendVoiceSession(session, context = {}) {
          const { visitorId, clickIds, ad } = context;
          const answer = await fetch("{{new Uri(address, "/api/v1/events")}}", {
            method: "POST",
            headers: { "authorization": `Bearer ${process.env.REVOPS_KEY}`, "content-type": "application/json" },
            body: JSON.stringify({
              specversion: "1.0",
              id: randomUUID(),
              source: "voice-ai",
              type: "{{VoiceSessionReceived.Type}}",
              time: new Date().toISOString(),
              data: { ...session, visitorId, clickIds, ad },
            }),
          });
          // 429 and 5xx: send the same event again, with the same id. It counts once.
          if (!answer.ok) throw new Error(`RevOps answered ${answer.status}: ${await answer.text()}`);
          const [result] = (await answer.json()).results;
          if (result.status === "rejected") throw new Error(JSON.stringify(result.errors));
          return result.status;
        }

        module.exports = { sendVoiceSession };

        if (require.main === module) {
          const startedAt = new Date(Date.now() - 10 * 60 * 1000).toISOString();
          sendVoiceSession({
            sessionId: "session-2",
            contact: { email: "ann@example.com", phone: "+33612345678", firstName: "Ann" },
            startedAt,
            outcome: "qualified",
            bant: {
              budget: { met: true, evidence: "We have set 5,000 euros aside." },
              authority: { met: true },
              need: { met: true },
              timeline: { met: null },
            },
          }, {
            visitorId: "0b6f0f3e-5d1c-4b8e-9a55-2f6c1e7d3a90",
            clickIds: { gclid: "Cj0KCQ" },
            ad: { platform: "google", campaignId: "77" },
          }).then(console.log, error => { console.error(error.message); process.exitCode = 1; });
        }
        """;

    private static string Curl(Uri address, string body) => $$"""
        curl {{new Uri(address, "/api/v1/events")}} \
          -H "Authorization: Bearer $REVOPS_KEY" \
          -H "Content-Type: application/json" \
          -d '{{body}}'
        """;

    private const string BookingBody = $$"""
        {
          "specversion": "1.0",
          "id": "booking-1",
          "source": "my-crm",
          "type": "{{BookingConfirmed.Type}}",
          "data": {
            "bookingId": "B-1001",
            "currency": "EUR",
            "customer": {
              "ref": "C-1001",
              "legalName": "Acme SARL",
              "email": "accounts@acme.example",
              "kind": "business",
              "siren": "552100554",
              "address": { "line1": "1 rue de la Paix", "postalCode": "75002", "city": "Paris", "country": "FR" }
            },
            "lines": [
              { "key": "audit", "description": "Audit", "quantity": 1, "unitAmount": "1200" }
            ]
          }
        }
        """;

    private static string VoiceBody(DateTimeOffset now) => $$"""
        {
          "specversion": "1.0",
          "id": "voice-1",
          "source": "voice-ai",
          "type": "{{VoiceSessionReceived.Type}}",
          "data": {
            "sessionId": "session-1",
            "contact": { "email": "ann@example.com", "phone": "+33612345678", "firstName": "Ann" },
            "startedAt": "{{Time(now.AddMinutes(-10))}}",
            "endedAt": "{{Time(now.AddMinutes(-4))}}",
            "outcome": "qualified",
            "bant": {
              "budget": { "met": true, "evidence": "We have set 5,000 euros aside." },
              "authority": { "met": true },
              "need": { "met": true },
              "timeline": { "met": null }
            },
            "language": "en"
          }
        }
        """;

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
