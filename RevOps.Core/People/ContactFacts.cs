using System.Text.Json;

namespace RevOps.Core.People;

/// <summary>
/// What was said of somebody, field by field with the time of saying. The newest word of each field counts, of two at one instant the
/// greater: so the order of arrival makes no difference. Clear text: lives in memory only.
/// </summary>
public sealed record ContactFacts(IReadOnlyDictionary<string, ContactFacts.Said> Fields)
{
    public static ContactFacts None { get; } = new(new Dictionary<string, Said>(StringComparer.Ordinal));

    /// <param name="Value">As it was sent.</param>
    /// <param name="At">OccurredAt of the event, as UTC ticks.</param>
    public readonly record struct Said(string Value, long At);

    public Contact Contact => new()
    {
        Ref = Of(nameof(Contact.Ref)),
        Email = Of(nameof(Contact.Email)),
        Phone = Of(nameof(Contact.Phone)),
        FirstName = Of(nameof(Contact.FirstName)),
        LastName = Of(nameof(Contact.LastName)),
        PostalCode = Of(nameof(Contact.PostalCode)),
        City = Of(nameof(Contact.City)),
        Region = Of(nameof(Contact.Region)),
        Country = Of(nameof(Contact.Country)),
    };

    public static ContactFacts Of(Contact contact, DateTimeOffset at)
    {
        (string Name, string? Value)[] fields =
        [
            (nameof(contact.Ref), contact.Ref), (nameof(contact.Email), contact.Email), (nameof(contact.Phone), contact.Phone), (nameof(contact.FirstName), contact.FirstName),
            (nameof(contact.LastName), contact.LastName), (nameof(contact.PostalCode), contact.PostalCode), (nameof(contact.City), contact.City), (nameof(contact.Region), contact.Region), (nameof(contact.Country), contact.Country),
        ];
        return new(fields.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => new Said(field.Value!, at.UtcTicks), StringComparer.Ordinal));
    }

    public ContactFacts With(ContactFacts other)
    {
        var merged = new Dictionary<string, Said>(Fields, StringComparer.Ordinal);
        foreach (var (name, said) in other.Fields)
        {
            if (!merged.TryGetValue(name, out var known) || said.At > known.At || (said.At == known.At && string.CompareOrdinal(said.Value, known.Value) > 0))
                merged[name] = said;
        }

        return new(merged);
    }

    public bool Says(ContactFacts other) => other.Fields.All(field => Fields.TryGetValue(field.Key, out var said) && said == field.Value);

    public string ToJson() => JsonSerializer.Serialize(Fields);

    public static ContactFacts Parse(string json) => new(JsonSerializer.Deserialize<Dictionary<string, Said>>(json)!);

    private string? Of(string name) => Fields.TryGetValue(name, out var said) ? said.Value : null;
}
