using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>What people of the house write to each other beside an invoice.</summary>
public sealed class InvoiceComments(IDbContextFactory<RevOpsDb> databases, Vault vault, AuditTrail audit, ActorNames names, TimeProvider clock)
{
    public const int Longest = 2_000;

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<CommentView>> OfAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var comments = await db.Set<InvoiceComment>().AsNoTracking().Where(comment => comment.InvoiceId == invoiceId).OrderBy(comment => comment.OccurredAt).ThenBy(comment => comment.Id).ToListAsync(cancel);
        var called = await names.OfAsync(comments.Select(ActorOf), cancel);
        var views = new List<CommentView>(comments.Count);
        foreach (var comment in comments)
            views.Add(new(comment.Id, called.GetValueOrDefault(ActorOf(comment)), await vault.OpenAsync(DataKey.Company, comment.Id, comment.SealedText, cancel) ?? "", comment.OccurredAt));
        return views;
    }

    /// <summary>False when there is no such invoice. That somebody wrote is audited; what they wrote is not.</summary>
    /// <exception cref="ArgumentException">Nothing was written, or more than <see cref="Longest"/> characters.</exception>
    public async Task<bool> AddAsync(Guid invoiceId, Guid userId, string text, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Trim().Length, Longest);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await db.Set<Invoice>().AnyAsync(invoice => invoice.Id == invoiceId, cancel))
            return false;

        var id = Guid.CreateVersion7();
        db.Add(new InvoiceComment { Id = id, InvoiceId = invoiceId, UserId = userId, SealedText = await vault.SealAsync(db, DataKey.Company, id, text.Trim(), cancel), OccurredAt = clock.GetUtcNow() });
        await audit.WriteAsync(db, new($"user:{userId}", "invoice.commented", nameof(Invoice), invoiceId.ToString()) { After = new { Comment = id } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static string ActorOf(InvoiceComment comment) => $"user:{comment.UserId}";
}

/// <param name="Author">What to call them; null when they are gone.</param>
public sealed record CommentView(Guid Id, string? Author, string Text, DateTimeOffset OccurredAt);
