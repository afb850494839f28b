using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// Every action on money of the last 30 days (a decision on an invoice or a credit note, a bank's credit matched) stands in the audit with its author,
/// its day and what it was before or after; and nobody approved what they wrote themselves.
/// </summary>
public sealed class MoneyActionsHaveAuthors(Vault vault) : ShareCheck
{
    private const int Days = 30;
    private const string Audited = "audited";

    // Enough to find an action that is not written down, and few enough to open every hour.
    private const int Sample = 500;

    private static readonly string[] OfInvoices = ["invoice.approved", "invoice.approvedFirst", "invoice.approvedByRule", "invoice.rejected"];
    private static readonly string[] OfNotes = ["creditNote.approved", "creditNote.approvedFirst", "creditNote.rejected"];
    private static readonly string[] OfLines = ["bank.matched", "bank.undone"];

    public override string Id => "R11";

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var actions = await ActionsAsync(scope, cancel);
        return [await ShareAsync(scope, cancel), Part.Share(Audited, actions.Count(action => action.Holds), actions.Count, Bar)];
    }

    public override async Task<IReadOnlyList<EvidenceRow>> FaultsAsync(CheckScope scope, CancellationToken cancel) => [.. (await ActionsAsync(scope, cancel)).Where(action => !action.Holds)];

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db) = (scope.Ago(Days), scope.Db);
        var decisions = from decision in db.Set<InvoiceDecision>()
                        join invoice in db.Set<Invoice>() on decision.InvoiceId equals invoice.Id
                        where invoice.Mode == scope.Mode && decision.OccurredAt >= since
                        select new EvidenceRow
                        {
                            Kind = EvidenceKind.Invoice,
                            Id = invoice.Id,
                            At = decision.OccurredAt,
                            Holds = decision.UserId == null || invoice.MakerId == null || decision.UserId != invoice.MakerId,
                            Label = invoice.Number ?? invoice.Reference,
                        };
        var notes = from note in db.Set<CreditNote>()
                    where note.Mode == scope.Mode && note.ApprovedAt >= since
                    select new EvidenceRow
                    {
                        Kind = EvidenceKind.CreditNote,
                        Id = note.Id,
                        At = note.ApprovedAt!.Value,
                        Holds = note.MakerId == null || note.MakerId != note.ApproverId,
                        Label = note.Number,
                    };
        return decisions.Concat(notes);
    }

    /// <summary>The newest of each kind, and whether the audit has them.</summary>
    private async Task<IReadOnlyList<EvidenceRow>> ActionsAsync(CheckScope scope, CancellationToken cancel)
    {
        var (since, db) = (scope.Ago(Days), scope.Db);
        var decisions = from decision in db.Set<InvoiceDecision>()
                        join invoice in db.Set<Invoice>() on decision.InvoiceId equals invoice.Id
                        where invoice.Mode == scope.Mode && decision.OccurredAt >= since
                        orderby decision.OccurredAt descending
                        select new Subject(invoice.Id, decision.OccurredAt, invoice.Number ?? invoice.Reference);
        var notes = db.Set<CreditNote>().Where(note => note.Mode == scope.Mode && note.ApprovedAt >= since).OrderByDescending(note => note.ApprovedAt).Select(note => new Subject(note.Id, note.ApprovedAt!.Value, note.Number));
        var lines = from match in db.Set<BankMatch>()
                    join line in db.Set<BankLine>() on match.LineId equals line.Id
                    where line.Mode == scope.Mode && match.OccurredAt >= since
                    orderby match.OccurredAt descending
                    select new Subject(line.Id, match.OccurredAt, null);
        return
        [
            .. await WrittenAsync(db, EvidenceKind.Invoice, nameof(Invoice), OfInvoices, decisions, cancel),
            .. await WrittenAsync(db, EvidenceKind.CreditNote, nameof(CreditNote), OfNotes, notes, cancel),
            .. await WrittenAsync(db, EvidenceKind.BankLine, nameof(BankLine), OfLines, lines, cancel),
        ];
    }

    /// <summary>Of the newest subjects, whether the audit has an action of each with an author and with what it was before or after.</summary>
    private async Task<List<EvidenceRow>> WrittenAsync(RevOpsDb db, EvidenceKind kind, string type, string[] actions, IQueryable<Subject> subjects, CancellationToken cancel)
    {
        // In memory: a subject stands in the audit as text.
        var asked = (await subjects.Take(Sample).ToListAsync(cancel)).DistinctBy(subject => subject.Id).ToList();
        var whole = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in asked.Chunk(100))
        {
            var ids = some.Select(subject => subject.Id.ToString()).ToList();
            var entries = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectType == type && ids.Contains(entry.SubjectId) && actions.Contains(entry.Action) && entry.Actor != "")
                .Select(entry => new { entry.Id, entry.SubjectId, entry.OwnerId, entry.SealedChange }).ToListAsync(cancel);
            foreach (var entry in entries)
            {
                if (!whole.Contains(entry.SubjectId) && SaysWhat(await vault.OpenAsync(entry.OwnerId, entry.Id, entry.SealedChange, cancel)))
                    whole.Add(entry.SubjectId);
            }
        }

        return asked.ConvertAll(subject => new EvidenceRow { Kind = kind, Id = subject.Id, At = subject.At, Holds = whole.Contains(subject.Id.ToString()), Label = subject.Label, Of = Audited });
    }

    // Of somebody who was erased since nothing can be opened any more; that it was written stands.
    private static bool SaysWhat(string? change)
    {
        if (change is null)
            return true;
        using var json = JsonDocument.Parse(change);
        return json.RootElement.TryGetProperty("before", out _) || json.RootElement.TryGetProperty("after", out _);
    }

    private sealed record Subject(Guid Id, DateTimeOffset At, string? Label);
}
