using Microsoft.EntityFrameworkCore;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion;

/// <summary>Somebody said what may be done with their data.</summary>
public sealed record ConsentAnswered : IncomingEvent
{
    public const string Type = "revops.consent.v1";

    public Contact? Who { get; init; }
    public string? Visitor { get; init; }
    public string? Country { get; init; }
    public bool? Measurement { get; init; }
    public bool? Ads { get; init; }
    public bool? Personalization { get; init; }
    public required string TextVersion { get; init; }
    public string? Proof { get; init; }

    // The country said with the answer counts for the person.
    public override Contact? Contact => Who is null && Country is null ? null : (Who ?? new()) with { Country = Country ?? Who?.Country };

    public override string? VisitorId => Visitor;

    public static ConsentAnswered? Read(Fields data)
    {
        var purposes = data.Object("purposes");
        if (purposes is null && data.Ok)
            data.Wrong("purposes", "An object with measurement, ads or personalization is required, each \"granted\" or \"denied\".");

        var answer = new ConsentAnswered
        {
            Who = data.Contact(),
            Visitor = data.Text("visitorId", 200),
            Country = data.Country("country"),
            Measurement = Granted(purposes, "measurement"),
            Ads = Granted(purposes, "ads"),
            Personalization = Granted(purposes, "personalization"),
            TextVersion = data.RequiredText("textVersion", 100),
            Proof = data.Text("proof"),
        };
        if (data.Ok && answer.Visitor is null && answer.Who is not { Ref: not null } and not { Email: not null } and not { Phone: not null })
            data.Wrong("visitorId", "A visitorId or a contact with a ref, an email or a phone is required.");
        if (data.Ok && (answer.Measurement ?? answer.Ads ?? answer.Personalization) is null)
            data.Wrong("purposes", "At least one of measurement, ads and personalization is required.");
        return data.Ok ? answer : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, person, id) = (reception.Db, reception.Somebody, reception.Event.Id);
        db.Add(new ConsentRecord
        {
            Id = id,
            PersonId = person.Id,
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
            Measurement = Measurement,
            Ads = Ads,
            Personalization = Personalization,
            TextVersion = TextVersion,
            SealedProof = Proof is null ? null : await reception.Vault.SealAsync(db, person.Id, id, Proof, reception.Cancel),
        });

        // Visitor ids and clicks join only where measurement is allowed, so who is one person may be another answer now.
        await db.SaveChangesAsync(reception.Cancel);
        var moved = Measurement is null ? [] : await reception.Services.Identity.RegroupAsync(db, [person.Id], reception.Event.OccurredAt, null, reception.Cancel);
        await Reconsider.PeopleAsync(reception, [.. moved.Union(await ConsentState.HeardByAsync(db, person.Id, reception.Cancel))]);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Add the answer to the person's consent history", "Look again at conversions that were held"];

    private static bool? Granted(Fields? purposes, string name) => purposes?.OneOf(name, "granted", "denied") switch { "granted" => true, "denied" => false, _ => null };
}
