using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>Addresses, numbers and references of somebody, to be found where no key of theirs seals them, in whatever spelling they stand there.</summary>
internal sealed partial class ContactTraces
{
    private const string Gone = "…";
    private const int ShortestTelling = 4;
    private readonly HashSet<string> emails = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> refs = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> phones = new(StringComparer.Ordinal);
    private readonly string country;

    private ContactTraces(string country) => this.country = country;

    public bool HaveAddresses => emails.Count + phones.Count > 0;

    public IReadOnlyCollection<string> Emails => emails;

    /// <param name="db">To read from.</param>
    /// <param name="vault">Opens what each of them said of themselves.</param>
    /// <param name="members">All who are one person.</param>
    /// <param name="country">ISO 3166-1 alpha-2 with which a national number is read.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<ContactTraces> OfAsync(RevOpsDb db, Vault vault, List<Guid> members, string country, CancellationToken cancel)
    {
        var (traces, ring) = (new ContactTraces(country), new KeyRing(vault));
        await ring.LoadAsync(db, members, cancel);
        foreach (var member in await db.Set<Person>().AsNoTracking().Where(person => members.Contains(person.Id)).ToListAsync(cancel))
        {
            if (Regrouping.OwnFacts(ring, member)?.Contact is { } contact)
                traces.Add(contact);
        }

        return traces;
    }

    /// <summary>It is one of their addresses or numbers.</summary>
    public bool Are(string? value) => value is not null && (emails.Contains(value.Trim()) || IsPhone(value));

    /// <summary>One of them stands in a text.</summary>
    public bool StandIn(string? text) => text is not null && (Without(text) != text || refs.Any(value => text.Contains(value, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The text without their addresses and numbers: as they are, as JSON escapes them, and as a form does.</summary>
    public string Without(string text)
    {
        var left = emails.SelectMany(email => new[] { JsonEncodedText.Encode(email).ToString(), Uri.EscapeDataString(email), email })
            .Aggregate(text, (rest, email) => rest.Replace(email, Gone, StringComparison.OrdinalIgnoreCase));
        return phones.Count == 0 ? left : Number().Replace(left, number => IsPhone(number.Value) ? Gone : number.Value);
    }

    private void Add(Contact contact)
    {
        if (contact.Email?.Trim() is { Length: >= ShortestTelling } email)
            emails.Add(email);
        if (contact.Ref?.Trim() is { Length: >= ShortestTelling } reference)
            refs.Add(reference);
        if (Contact.NormalisePhone(contact.Phone, contact.Country ?? country) is { Length: >= ShortestTelling } phone)
            phones.UnionWith([phone, phone.TrimStart('+')]);
    }

    // An escape may have taken the plus sign away.
    private bool IsPhone(string text) => Contact.NormalisePhone(text, country) is { } phone && (phones.Contains(phone) || phones.Contains(DigitsOf(text)));

    private static string DigitsOf(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    [GeneratedRegex(@"\+?\d[\d .()\-]{4,}\d", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Number();
}
