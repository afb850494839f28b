using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Catalogue;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Web.Shared;

namespace RevOps.Web.Bank;

/// <summary>A match that nobody proposed: which invoices, how much of each, and what the difference is.</summary>
public sealed partial class BankAllocation(BankWorkQueries queries, IStringLocalizer<BankTexts> text)
{
    private readonly List<Entry> picked = [];
    private IReadOnlyList<OwedRow> found = [];
    private string sought = "";
    private string? problem;
    private Difference difference;

    /// <summary>What becomes of what does not go up.</summary>
    public enum Difference
    {
        /// <summary>The line, or the invoice, stays open with the rest.</summary>
        StaysOpen = 0,

        /// <summary>The last invoice is paid, and a bank kept what is missing.</summary>
        Fee = 1,

        /// <summary>The last invoice is paid, and nobody claims what is missing.</summary>
        WriteOff = 2,

        /// <summary>What is left over is kept for the client of the last invoice.</summary>
        Overpayment = 3,
    }

    [Parameter, EditorRequired]
    public BankWorkRow Line { get; set; } = null!;

    [Parameter, EditorRequired]
    public bool Busy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<LineMatch> Match { get; set; }

    private IStringLocalizer<BankTexts> Text => text;

    private string Currency => Line.Left.Currency;

    /// <summary>What the line has left over, or lacks.</summary>
    private string? Summary => picked.ConvertAll(MinorOf) is var minors && minors.Contains(null) ? null : text["SumOfParts", Culture.Text(new Money(minors.Sum(minor => minor!.Value), Currency)), Culture.Text(Line.Left)].Value;

    private async Task FindAsync(ChangeEventArgs change)
    {
        sought = change.Value as string ?? "";
        found = await queries.FindAsync(Currency, sought, CancellationToken.None);
    }

    private void Pick(OwedRow invoice)
    {
        if (picked.Exists(entry => entry.Invoice.Id == invoice.Id))
            return;
        var left = Line.Left.Minor - picked.Sum(entry => MinorOf(entry) ?? 0);
        var minor = Math.Clamp(left, 0, invoice.Open.Minor);
        picked.Add(new(invoice) { Typed = new Money(minor, Currency).Amount.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture) });
        (found, sought) = ([], "");
    }

    private async Task MatchAsync()
    {
        problem = null;
        if (picked.Find(entry => MinorOf(entry) is null or <= 0) is { } wrong)
        {
            problem = text["PartWrong", wrong.Invoice.Number, wrong.Typed];
            return;
        }

        var parts = picked.ConvertAll(entry => new MatchPart(MatchKind.Invoice, entry.Invoice.Id, null, MinorOf(entry)!.Value));
        var (last, rest) = (picked[^1].Invoice, Line.Left.Minor - parts.Sum(part => part.Minor));
        if (difference == Difference.Overpayment && rest > 0)
        {
            parts.Add(new(MatchKind.Overpayment, last.Id, null, rest));
        }
        else if (difference is Difference.Fee or Difference.WriteOff && last.Open.Minor - parts[^1].Minor is > 0 and var missing)
        {
            parts[^1] = parts[^1] with { Minor = last.Open.Minor };
            parts.Add(new(difference == Difference.Fee ? MatchKind.Fee : MatchKind.WriteOff, last.Id, null, -missing));
        }

        await Match.InvokeAsync(new(Line.Id, LineMatch.ByHand, Line.Amount.Minor - Line.Left.Minor, parts));
    }

    private long? MinorOf(Entry entry) => CatalogueRules.Minor(entry.Typed, Currency);

    private sealed class Entry(OwedRow invoice)
    {
        public OwedRow Invoice => invoice;

        /// <summary>In the reader's format.</summary>
        public string Typed { get; set; } = "";
    }
}
