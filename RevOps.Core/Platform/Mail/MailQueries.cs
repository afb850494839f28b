using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform.Mail;

/// <summary>Mails as the Mail page shows them: to whom in outline, and never what stands in them.</summary>
public sealed class MailQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, IOptions<MailOptions> options)
{
    public const int PageSize = 50;

    /// <summary>False while mails are written as files.</summary>
    public bool HasServer => options.Value.HasServer;

    public async Task<MailList> ListAsync(MailState? state, int page, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var counts = await db.Set<StoredMail>().GroupBy(mail => mail.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
        var chosen = state is { } one ? db.Set<StoredMail>().Where(mail => mail.State == one) : db.Set<StoredMail>();
        var mails = await chosen.AsNoTracking().OrderByDescending(mail => mail.RecordedAt).ThenBy(mail => mail.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);

        var rows = new List<MailRow>(mails.Count);
        foreach (var mail in mails)
            rows.Add(await ShowAsync(mail, cancel));
        return new(rows, counts);
    }

    /// <summary>"a…@agency.example".</summary>
    public static string Outline(string address) => address.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? $"{address[0]}…{address[at..]}" : "…";

    private async Task<MailRow> ShowAsync(StoredMail mail, CancellationToken cancel) => new()
    {
        Id = mail.Id,
        Kind = mail.Kind,
        Recipient = await vault.OpenAsync(mail.OwnerId, mail.Id, mail.SealedRecipient, cancel) is { } address ? Outline(address) : null,
        State = mail.State,
        Attempts = mail.Attempts,
        Error = mail.Error,
        Way = mail.Way,
        RecordedAt = mail.RecordedAt,
        SentAt = mail.SentAt,
    };
}

public sealed record MailList(IReadOnlyList<MailRow> Rows, IReadOnlyDictionary<MailState, int> Counts)
{
    public int CountOf(MailState? state) => state is { } one ? Counts.GetValueOrDefault(one) : Counts.Values.Sum();
}

public sealed record MailRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }

    /// <summary>In outline; null when the person was erased.</summary>
    public string? Recipient { get; init; }

    public required MailState State { get; init; }
    public required int Attempts { get; init; }
    public string? Error { get; init; }
    public string? Way { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    public bool IsOpen => State is MailState.Waiting or MailState.Failing;
}
