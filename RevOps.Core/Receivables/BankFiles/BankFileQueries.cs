using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>Accounts and the files that were taken, as the page shows them.</summary>
public sealed class BankFileQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, TimeProvider clock)
{
    public const int PageSize = 25;

    public async Task<IReadOnlyList<BankAccountRow>> AccountsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = new List<BankAccountRow>();
        foreach (var account in await db.Set<BankAccount>().AsNoTracking().OrderBy(account => account.Name).ToListAsync(cancel))
        {
            var files = db.Set<BankFile>().AsNoTracking().Where(file => file.AccountId == account.Id);
            var last = await files.OrderByDescending(file => file.To).ThenByDescending(file => file.RecordedAt).FirstOrDefaultAsync(cancel);
            var number = await vault.OpenAsync(DataKey.Company, account.Id, account.SealedNumber, cancel);
            rows.Add(new(account.Id, account.Name, number is { Length: > 4 } ? $"… {number[^4..]}" : number, account.Currency, last?.To, last?.ClosingMinor is { } minor ? new Money(minor, account.Currency) : null, await files.CountAsync(file => file.Warnings != "", cancel), CsvMapping.FromJson(account.CsvMapping)));
        }

        return rows;
    }

    public async Task<BankFilePage> FilesAsync(Guid? accountId, int page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = from file in db.Set<BankFile>().AsNoTracking()
                    join account in db.Set<BankAccount>() on file.AccountId equals account.Id
                    where accountId == null || file.AccountId == accountId
                    select new { file, account.Name, account.Currency };
        var count = await found.CountAsync(cancel);
        var number = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await found.OrderByDescending(row => row.file.To).ThenByDescending(row => row.file.RecordedAt).ThenBy(row => row.file.Id).Skip((number - 1) * PageSize).Take(PageSize)
            .Select(row => new { row.file, row.Name, row.Currency, Open = db.Set<BankLine>().Count(line => line.FileId == row.file.Id && (line.State == BankLineState.Open || line.State == BankLineState.OnHold)) }).ToListAsync(cancel);
        return new(rows.ConvertAll(row => new BankFileRow(row.file.Id, row.file.Name, row.Name, row.file.Format, row.file.From, row.file.To, row.file.Sequence, row.file.Lines, row.file.Repeats, row.Open,
            row.file.OpeningMinor is { } opening ? new Money(opening, row.Currency) : null, row.file.ClosingMinor is { } closing ? new Money(closing, row.Currency) : null,
            row.file.Warnings.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.file.UserId, row.file.RecordedAt)), count, number, clock.GetUtcNow());
    }
}

/// <param name="Number">Its last four signs.</param>
/// <param name="Until">The last day of its newest statement.</param>
/// <param name="Warnings">Files that do not join up with the one before.</param>
public sealed record BankAccountRow(Guid Id, string Name, string? Number, string Currency, DateOnly? Until, Money? Balance, int Warnings, CsvMapping? Mapping);

public sealed record BankFilePage(IReadOnlyList<BankFileRow> Rows, int Count, int Number, DateTimeOffset AsOf);

/// <param name="Open">Lines that nobody has accounted for.</param>
/// <param name="Warnings">Codes of <see cref="StatementOrder"/>.</param>
/// <param name="UserId">Null: from the watched folder.</param>
public sealed record BankFileRow(Guid Id, string Name, string Account, BankFormat Format, DateOnly From, DateOnly To, long? Sequence, int Lines, int Repeats, int Open, Money? Opening, Money? Closing, IReadOnlyList<string> Warnings, Guid? UserId, DateTimeOffset RecordedAt);
