using RevOps.Core.Billing;
using RevOps.Core.Bookings;

namespace RevOps.Core.Receivables.Matching;

/// <summary>An invoice of which something is owed, as a payer may mean it. Those given together have one currency and one mode.</summary>
/// <param name="Client">Legal name; null when it is erased.</param>
/// <param name="Reference">ISO 11649 reference that is printed on it; null: none.</param>
public sealed record OwedInvoice(Guid Id, Guid CustomerId, string? Number, long OpenMinor, DateOnly IssuedOn, string? Client, string? Reference = null);

/// <summary>Money that came in, as the bank tells it.</summary>
/// <param name="PayerCustomerId">Who paid from this account before; null: nobody known, or several.</param>
public sealed record IncomingMoney(long AmountMinor, DateOnly BookedOn, string Text, string? Payer, string? Reference, Guid? PayerCustomerId = null);

/// <summary>By which rule a payment was recognised, the surest first. Stored by its name.</summary>
public enum MatchRule
{
    /// <summary>The structured reference that is printed on the invoice.</summary>
    Reference = 0,

    /// <summary>Invoice numbers in the text, and the amount is theirs to the cent.</summary>
    Number = 1,

    /// <summary>A number, but less or more than is owed.</summary>
    NumberOnly = 2,

    /// <summary>This account paid for this client before, and one invoice of theirs has this amount.</summary>
    PayerAndAmount = 3,

    /// <summary>One invoice alone has this amount, and the payer is called like its client.</summary>
    AmountAndName = 4,

    /// <summary>Some invoices of one client together, and no others, have this amount.</summary>
    Several = 5,
}

/// <summary>What a payment may be, with the reason.</summary>
/// <param name="Parts">Invoices and how much of each, in minor units; they add up to the payment, or to less where it is more than is owed.</param>
/// <param name="IsSure">May be matched without a person: one candidate and no other fits.</param>
public sealed record MatchProposal(MatchRule Rule, IReadOnlyList<(Guid InvoiceId, long Minor)> Parts, bool IsSure)
{
    public long Minor => Parts.Sum(part => part.Minor);
}

/// <summary>
/// Recognises payments among open invoices, in the order of certainty. A wrong match costs more than none: it is sure only where exactly one
/// candidate fits, by a reference, by its number and amount, or by payer and amount.
/// </summary>
public sealed class BankMatcher
{
    private const int MostCombined = 6;
    private const int MostOfOneClient = 24;

    private readonly ILookup<string, OwedInvoice> byNumber, byReference;
    private readonly ILookup<long, OwedInvoice> byAmount;
    private readonly ILookup<Guid, OwedInvoice> byCustomer;
    private readonly ILookup<Guid, string[]> namesOf;
    private readonly ILookup<string, Guid> byWord;
    private readonly HashSet<string> settled;
    private readonly int mostRuns;

    /// <param name="owed">What may be paid.</param>
    /// <param name="settledNumbers">Of invoices that nothing is owed of: a payment that names one may be a second one of it, and is nobody else's for sure.</param>
    public BankMatcher(IReadOnlyCollection<OwedInvoice> owed, IReadOnlyCollection<string>? settledNumbers = null)
    {
        var open = owed.Where(invoice => invoice.OpenMinor > 0).ToList();
        byNumber = open.Where(invoice => invoice.Number is not null).SelectMany(invoice => InvoiceNumberKey.Of(invoice.Number!).Select(key => (key, invoice))).ToLookup(pair => pair.key, pair => pair.invoice, StringComparer.Ordinal);
        byReference = open.Where(invoice => invoice.Reference is not null).ToLookup(invoice => Tidy(invoice.Reference!), StringComparer.Ordinal);
        byAmount = open.ToLookup(invoice => invoice.OpenMinor);
        byCustomer = open.ToLookup(invoice => invoice.CustomerId);
        var names = open.Select(invoice => (Name: CompanyKey.NameOf(invoice.Client), invoice.CustomerId)).Where(client => client.Name is not null).Distinct().Select(client => (Words: client.Name!.Split(' '), client.CustomerId)).ToList();
        namesOf = names.ToLookup(client => client.CustomerId, client => client.Words);
        settled = [.. (settledNumbers ?? []).SelectMany(InvoiceNumberKey.Of)];
        mostRuns = open.Select(invoice => invoice.Number).OfType<string>().Concat(settledNumbers ?? []).Select(InvoiceNumberKey.RunsOf).DefaultIfEmpty().Max();
        byWord = names.SelectMany(client => client.Words.Select(word => (word, client.CustomerId))).ToLookup(pair => pair.word, pair => pair.CustomerId, StringComparer.Ordinal);
    }

    /// <summary>What it may be, the likeliest first; none where nothing points at an invoice.</summary>
    public IReadOnlyList<MatchProposal> Of(IncomingMoney money)
    {
        if (money.AmountMinor <= 0)
            return [];
        if (OfReference(money) is { } referred)
            return [referred];
        var keys = InvoiceNumberKey.In($"{money.Text} {money.Reference}", mostRuns).Distinct(StringComparer.Ordinal).ToList();
        var named = keys.SelectMany(key => byNumber[key]).Distinct().ToList();
        if (named.Count > 0)
            return OfNumbers(money, named);
        return [.. new[] { OfPayer(money, isOfAnother: keys.Exists(settled.Contains) || SaysReference(money)), OfName(money) }.OfType<MatchProposal>().Take(1).DefaultIfEmpty(OfSeveral(money)).OfType<MatchProposal>()];
    }

    /// <summary>Where it belongs, or within the text: portals often have one free line for all.</summary>
    private MatchProposal? OfReference(IncomingMoney money)
    {
        var found = ReferencesIn(money).SelectMany(reference => byReference[reference]).Distinct().ToList();
        return found is [var only] ? new(MatchRule.Reference, [(only.Id, Math.Min(money.AmountMinor, only.OpenMinor))], only.OpenMinor == money.AmountMinor) : null;
    }

    private static bool SaysReference(IncomingMoney money) => ReferencesIn(money).Any();

    private static IEnumerable<string> ReferencesIn(IncomingMoney money)
    {
        foreach (var text in new[] { Tidy(money.Reference ?? ""), Tidy(money.Text) })
        {
            for (var at = text.IndexOf("RF", StringComparison.Ordinal); at >= 0; at = text.IndexOf("RF", at + 1, StringComparison.Ordinal))
            {
                // Ours have all one length; a text goes on behind them.
                if (at + CreditorReference.Length <= text.Length && text.Substring(at, CreditorReference.Length) is var reference && CreditorReference.IsValid(reference))
                    yield return reference;
            }
        }

        if (money.Reference is { } given && CreditorReference.IsValid(given) && Tidy(given).Length != CreditorReference.Length)
            yield return Tidy(given);
    }

    /// <summary>
    /// All that are named together, or one of them, to the cent: sure where only one reading has the amount. A number that two invoices bear,
    /// or an amount that fits none, is for a person.
    /// </summary>
    private static IReadOnlyList<MatchProposal> OfNumbers(IncomingMoney money, List<OwedInvoice> named)
    {
        var whole = named.Sum(invoice => invoice.OpenMinor) == money.AmountMinor ? new[] { named } : [];
        var single = named.Count == 1 ? [] : named.Where(invoice => invoice.OpenMinor == money.AmountMinor).Select(invoice => new List<OwedInvoice> { invoice });
        var exact = whole.Concat(single).ToList();
        if (exact.Count > 0)
            return [.. exact.Select(invoices => new MatchProposal(MatchRule.Number, [.. invoices.Select(invoice => (invoice.Id, invoice.OpenMinor))], exact.Count == 1 && AreOfOneClient(invoices)))];
        return [new(MatchRule.NumberOnly, Spread(money.AmountMinor, named), IsSure: false)];
    }

    /// <summary>Sure only where the day fits, no other reading of the same client's invoices has the amount, and nothing points at another invoice.</summary>
    private MatchProposal? OfPayer(IncomingMoney money, bool isOfAnother)
    {
        if (money.PayerCustomerId is not { } payer || byCustomer[payer].Where(invoice => invoice.OpenMinor == money.AmountMinor).ToList() is not { Count: > 0 } fitting)
            return null;
        var oldest = fitting.OrderBy(invoice => invoice.IssuedOn).ThenBy(invoice => invoice.Id).First();
        return new(MatchRule.PayerAndAmount, [(oldest.Id, oldest.OpenMinor)], fitting.Count == 1 && !isOfAnother && money.BookedOn >= oldest.IssuedOn && !SumsOf(payer, money.AmountMinor).Any());
    }

    private IEnumerable<List<OwedInvoice>> SumsOf(Guid client, long amount) => Sums(byCustomer[client].OrderBy(invoice => invoice.IssuedOn).Take(MostOfOneClient).ToList(), amount);

    private MatchProposal? OfName(IncomingMoney money) =>
        byAmount[money.AmountMinor].ToList() is [var only] && IsCalled(WordsOf(money), only.CustomerId) ? new(MatchRule.AmountAndName, [(only.Id, only.OpenMinor)], IsSure: false) : null;

    /// <summary>Only a sum that one set alone makes: of two sets that fit, neither is known to be meant.</summary>
    private MatchProposal? OfSeveral(IncomingMoney money)
    {
        var words = WordsOf(money);
        List<Guid> clients = money.PayerCustomerId is { } payer ? [payer] : [.. words.SelectMany(word => byWord[word]).Distinct().Where(client => IsCalled(words, client))];
        var found = clients.SelectMany(client => SumsOf(client, money.AmountMinor)).Take(2).ToList();
        return found is [var one] ? new(MatchRule.Several, [.. one.Select(invoice => (invoice.Id, invoice.OpenMinor))], IsSure: false) : null;
    }

    /// <summary>Sets of two to six that add up to an amount; the search ends where whoever asks has seen enough.</summary>
    private static IEnumerable<List<OwedInvoice>> Sums(List<OwedInvoice> invoices, long amount)
    {
        var sorted = invoices.Where(invoice => invoice.OpenMinor < amount).OrderByDescending(invoice => invoice.OpenMinor).ToList();
        return From(0, amount, []);

        IEnumerable<List<OwedInvoice>> From(int start, long left, List<OwedInvoice> taken)
        {
            if (left == 0 && taken.Count >= 2)
                yield return [.. taken];
            if (left <= 0 || taken.Count == MostCombined)
                yield break;
            for (var at = start; at < sorted.Count; at++)
            {
                // Sorted: even as many of this size as may still be taken do not come to what is left.
                if (sorted[at].OpenMinor * (MostCombined - taken.Count) < left)
                    yield break;
                if (sorted[at].OpenMinor > left)
                    continue;
                foreach (var set in From(at + 1, left - sorted[at].OpenMinor, [.. taken, sorted[at]]))
                    yield return set;
            }
        }
    }

    /// <summary>The oldest is paid first; what is more than all of them owe is left over.</summary>
    private static IReadOnlyList<(Guid, long)> Spread(long amount, List<OwedInvoice> invoices)
    {
        var (parts, left) = (new List<(Guid, long)>(), amount);
        foreach (var invoice in invoices.OrderBy(invoice => invoice.IssuedOn).ThenBy(invoice => invoice.Id).TakeWhile(_ => left > 0))
        {
            var part = Math.Min(left, invoice.OpenMinor);
            parts.Add((invoice.Id, part));
            left -= part;
        }

        return parts;
    }

    private static bool AreOfOneClient(List<OwedInvoice> invoices) => invoices.TrueForAll(invoice => invoice.CustomerId == invoices[0].CustomerId);

    private static string[] WordsOf(IncomingMoney money) => CompanyKey.NameOf(money.Payer)?.Split(' ') ?? [];

    /// <summary>Every word of the client's name, without its legal form, stands in the payer's, or the other way round.</summary>
    private bool IsCalled(string[] words, Guid customerId) => words.Length > 0 && namesOf[customerId].Any(own => own.All(words.Contains) || words.All(own.Contains));

    private static string Tidy(string reference) => string.Concat(reference.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
