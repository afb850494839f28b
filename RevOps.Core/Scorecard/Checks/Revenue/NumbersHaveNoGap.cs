using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// The numbers of invoices and credit notes follow each other without a gap or a double; what was issued is what was approved, and its lines still make its
/// amounts; and hash, amount and draft of the newest are those that the audit's chain took down at the approval, where nobody can change them unseen.
/// </summary>
public sealed class NumbersHaveNoGap(Vault vault) : ShareCheck
{
    // Enough to find what changes invoices, and few enough to open every hour.
    private const int Sample = 300;

    private static readonly string[] Approvals = ["invoice.approved", "invoice.approvedByRule"];

    public override string Id => "R04";

    /// <summary>It asks how everything stands.</summary>
    public override bool IsState => true;

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var numbers = await NumbersAsync(scope, cancel);
        var (gaps, doubles) = NumberRuns.Of(numbers.Select(one => one.Number));
        var newest = await NewestIssuedAsync(scope, cancel);
        return
        [
            await ShareAsync(scope, cancel),
            new("gaps", Measure.Count, numbers.Count == 0 ? null : gaps, numbers.Count, new(1, 0)),
            new("doubles", Measure.Count, numbers.Count == 0 ? null : doubles, numbers.Count, new(1, 0)),
            Part.Share("kept", newest.Count(one => one.IsKept), newest.Count, Bar),
        ];
    }

    public override async Task<IReadOnlyList<EvidenceRow>> FaultsAsync(CheckScope scope, CancellationToken cancel)
    {
        var (beside, doubles) = NumberRuns.Faults(await NumbersAsync(scope, cancel), one => one.Number);
        var changed = (await NewestIssuedAsync(scope, cancel)).Where(one => !one.IsKept).Select(one => one.Invoice);
        return [.. beside.Select(one => one.Row("gaps")), .. doubles.Select(one => one.Row("doubles")), .. changed.Select(one => one.Row("kept"))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from invoice in Issued(scope)
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = invoice.Id,
            At = invoice.IssuedAt!.Value,
            Holds = scope.Db.Set<InvoiceDecision>().Any(decision => decision.InvoiceId == invoice.Id && decision.DraftVersion == invoice.DraftVersion && decision.Approved && decision.ReviewHash == invoice.ReviewHash)
                && scope.Db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).Sum(line => line.NetMinor + line.TaxMinor) == invoice.GrossMinor,
            Label = invoice.Number,
        };

    private static IQueryable<Invoice> Issued(CheckScope scope) =>
        scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.IssuedAt != null && invoice.Origin != InvoiceOrigin.Imported && invoice.Origin != InvoiceOrigin.OpeningBalance);

    /// <summary>What was issued past this product in the same account took numbers of the same series.</summary>
    private static async Task<List<Numbered>> NumbersAsync(CheckScope scope, CancellationToken cancel)
    {
        var numbers = await scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.Number != null && invoice.Origin != InvoiceOrigin.OpeningBalance)
            .Select(invoice => new Numbered(EvidenceKind.Invoice, invoice.Id, invoice.IssuedAt ?? invoice.OccurredAt, invoice.Number!)).ToListAsync(cancel);
        numbers.AddRange(await scope.Db.Set<ForeignInvoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.Number != null).Select(invoice => new Numbered(EvidenceKind.ForeignInvoice, invoice.Id, invoice.OccurredAt, invoice.Number!)).ToListAsync(cancel));
        numbers.AddRange(await scope.Db.Set<CreditNote>().Where(note => note.Mode == scope.Mode && note.Number != null).Select(note => new Numbered(EvidenceKind.CreditNote, note.Id, note.IssuedAt ?? note.OccurredAt, note.Number!)).ToListAsync(cancel));
        return numbers;
    }

    /// <summary>Whether each stands as the audit took it down at its approval.</summary>
    private async Task<List<(Numbered Invoice, bool IsKept)>> NewestIssuedAsync(CheckScope scope, CancellationToken cancel)
    {
        var newest = await Issued(scope).OrderByDescending(invoice => invoice.IssuedAt).Take(Sample).Select(invoice => new { invoice.Id, invoice.Number, invoice.Reference, IssuedAt = invoice.IssuedAt!.Value, invoice.ReviewHash, invoice.GrossMinor, invoice.Currency, invoice.DraftVersion }).ToListAsync(cancel);
        var found = new List<(Numbered, bool)>(newest.Count);
        foreach (var some in newest.Chunk(100))
        {
            var ids = some.Select(invoice => invoice.Id.ToString()).ToList();
            var entries = (await scope.Db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectType == nameof(Invoice) && ids.Contains(entry.SubjectId) && Approvals.Contains(entry.Action)).ToListAsync(cancel)).ToLookup(entry => entry.SubjectId, StringComparer.Ordinal);
            foreach (var invoice in some)
            {
                // A draft that was approved, called back and approved again was issued as it stood last.
                var isKept = entries[invoice.Id.ToString()].MaxBy(entry => entry.Sequence) is { } entry && entry.Hash.AsSpan().SequenceEqual(entry.ComputeHash())
                    && Same(await vault.OpenAsync(entry.OwnerId, entry.Id, entry.SealedChange, cancel), Convert.ToHexStringLower(invoice.ReviewHash ?? []), invoice.GrossMinor, invoice.Currency, invoice.DraftVersion);
                found.Add((new(EvidenceKind.Invoice, invoice.Id, invoice.IssuedAt, invoice.Number ?? invoice.Reference), isKept));
            }
        }

        return found;
    }

    private static bool Same(string? change, string hash, long gross, string currency, int draft)
    {
        if (change is null)
            return false;
        using var json = JsonDocument.Parse(change);
        return json.RootElement.TryGetProperty("after", out var after) && after.GetProperty("hash").GetString() == hash && after.GetProperty("grossMinor").GetInt64() == gross
            && after.GetProperty("currency").GetString() == currency && after.GetProperty("draftVersion").GetInt32() == draft;
    }

    private sealed record Numbered(EvidenceKind Kind, Guid Id, DateTimeOffset At, string Number)
    {
        public EvidenceRow Row(string of) => new() { Kind = Kind, Id = Id, At = At, Holds = false, Label = Number, Of = of };
    }
}
