using System.Globalization;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Billing;

/// <summary>A credit note as somebody types it, worked out by the rules that will make it.</summary>
public sealed class CreditEntry
{
    private readonly Dictionary<Guid, string> typed = [];

    public CreditEntry(Creditable of)
    {
        Of = of;
        foreach (var line in of.Lines)
            typed[line.Line.LineId] = Written(line.Line.LeftNet);
    }

    /// <summary>What is left of the invoice; read again when it changed meanwhile.</summary>
    public Creditable Of { get; set; }

    /// <summary>All that is left, or by the line.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Nobody has one until they choose: the invoice error rate counts by it.</summary>
    public string Reason { get; set; } = "";

    public CreditSettlement Settlement { get; set; }
    public string Memo { get; set; } = "";
    public bool Reissues { get; set; }

    /// <summary>Only the whole of it may be invoiced anew: of a part the rest would be invoiced twice.</summary>
    public bool MayReissue => IsWhole && Of.HasBookings;

    public string this[Guid line]
    {
        get => typed.GetValueOrDefault(line, "");
        set => typed[line] = value;
    }

    /// <summary>What it comes to as typed, and what is wrong with it.</summary>
    public CreditDraft Work()
    {
        if (Memo.Trim().Length > CreditInvoice.LongestMemo)
            return new([], Wrong(CreditDraft.All, "Memo"));
        var lines = Of.Lines.Select(line => line.Line).ToList();
        if (IsWhole)
            return new(CreditRules.Whole(lines), Nothing);
        var unread = lines.Where(line => MinorOf(line) is null).ToDictionary(line => line.Key, _ => "Unread", StringComparer.Ordinal);
        if (unread.Count > 0)
            return new([], unread);
        try
        {
            return new(CreditRules.Of(lines, [.. lines.Select(line => new CreditAsked(line.LineId, MinorOf(line)!.Value))]), Nothing);
        }
        catch (CreditRefusedException refused)
        {
            return new([], lines.Exists(line => line.Key == refused.Field) ? Wrong(refused.Field, "TooMuch") : Wrong(CreditDraft.All, "Nothing"));
        }
    }

    /// <summary>Line by line also where all of it is meant: what stood on the screen is credited, or nothing.</summary>
    public CreditNoteProposed Wanted(CreditDraft draft, CreditReason reason, Guid userId)
    {
        var asked = draft.Parts.All(part => part.Net.Minor != 0) ? draft.Parts.Select(part => new CreditAsked(part.Line.LineId, part.Net.Minor)).ToList() : null;
        return new(Of.InvoiceId, userId, reason, Settlement, FromUrl.Given(Memo), asked, Reissues && MayReissue);
    }

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    private static Dictionary<string, string> Wrong(string field, string code) => new(StringComparer.Ordinal) { [field] = code };

    private static string Written(Money money) => money.Amount.ToString("F" + Currency.Decimals(money.Currency), CultureInfo.CurrentCulture);

    /// <summary>"1 500,50" and "1500.50" are 150,050 cents; nothing typed is nothing; null when it is no amount of the currency.</summary>
    private long? MinorOf(CreditableLine line)
    {
        var tidy = string.Concat(this[line.LineId].Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.').Replace('\u2212', '-');
        if (tidy.Length == 0)
            return 0;
        if (!decimal.TryParse(tidy, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) || Math.Abs(amount) > 1_000_000_000)
            return null;
        var money = Money.Round(amount, line.LeftNet.Currency);
        return money.Amount == amount ? money.Minor : null;
    }
}

/// <param name="Parts">None while something is wrong.</param>
/// <param name="Problems">By the key of the line, or <see cref="All"/>: a code that the page puts into words.</param>
public sealed record CreditDraft(IReadOnlyList<CreditPart> Parts, IReadOnlyDictionary<string, string> Problems)
{
    /// <summary>Not one line's.</summary>
    public const string All = "";

    public bool IsSound => Problems.Count == 0 && Parts.Count > 0;

    public CreditPart? PartOf(CreditableLine line) => Parts.FirstOrDefault(part => part.Line.LineId == line.LineId);
}
