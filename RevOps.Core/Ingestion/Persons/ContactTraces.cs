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
    private const int ShortestWorldwide = 10;
    private readonly HashSet<string> emails = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> refs = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> phones = new(StringComparer.Ordinal);
    private readonly string country;
    private readonly Lazy<Regex?> addresses;

    private ContactTraces(string country) => (this.country, addresses) = (country, new(AnyAddress));

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

    /// <summary>
    /// One of them stands in what another system told: a reference as a whole value, since C-17 is not C-171; an address or a number anywhere in
    /// one, but not as a part of somebody else's.
    /// </summary>
    public bool StandIn(string? text)
    {
        var found = false;
        if (text is not null)
        {
            ToldValues.Rewrite(text, (value, kind) =>
            {
                found = found || (kind == ToldKind.Text && refs.Contains(value.Trim())) || Without(value, kind) != value;
                return value;
            });
        }

        return found;
    }

    /// <summary>The text without their addresses and numbers, whether it is JSON, a form or words.</summary>
    public string Without(string text) => ToldValues.Rewrite(text, Without);

    private string Without(string value, ToldKind kind)
    {
        // An amount or a time may happen to be a short number of theirs.
        if (kind == ToldKind.Number)
            return value.Length >= ShortestWorldwide && phones.Contains(value) ? Gone : value;
        var left = addresses.Value?.Replace(value, found => IsWhole(value, found) ? Gone : found.Value) ?? value;
        return phones.Count == 0 ? left : Number().Replace(left, number => IsPhone(number.Value) ? Gone : number.Value);
    }

    /// <summary>As they are, and as the address of a page has them; the longest first, since one may begin with another.</summary>
    private Regex? AnyAddress() => emails.Count == 0 ? null : new(
        string.Join('|', emails.SelectMany(email => new[] { email, Uri.EscapeDataString(email) }).OrderByDescending(email => email.Length).Select(Regex.Escape)), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Neither the end nor the beginning of somebody else's: joann@x.fr and ann@x.fr.example are not ann@x.fr.</summary>
    private static bool IsWhole(string text, Match found)
    {
        var before = text.AsSpan(0, found.Index);
        var after = text.AsSpan(found.Index + found.Length);
        var isBegun = before.TrimEnd(".+'-") is [.., var last] && IsOfAWord(last) && !Escape().IsMatch(before);
        return !isBegun && !(after is [var next, ..] && IsOfAWord(next)) && !(after is ['.' or '-', var second, ..] && IsOfAWord(second));
    }

    private static bool IsOfAWord(char one) => char.IsLetterOrDigit(one) || one == '_';

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

    // Not within a word, such as another system's id, but after an escape of a page's address.
    [GeneratedRegex(@"(?:(?<![\w%])|(?<=%[0-9A-Fa-f]{2}))\+?\d[\d .()\-]{4,}\d(?!\w)", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Number();

    // Blank, quote, comma, slash, colon, angle, equals and the like: what can stand right before an address without being of it.
    [GeneratedRegex("%(?:09|0a|0d|20|22|26|28|2c|2f|3a|3b|3c|3d|3e|3f)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft, 1_000)]
    private static partial Regex Escape();
}
