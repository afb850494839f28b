using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>Takes bank statements: looked at first, then stored whole or not at all. The same file, statement or line twice is one.</summary>
public sealed class KeepBankFiles(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, StripeAccount stripe, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The job that looks for the invoices of what came in; Ingestion's, which stands to the right.</summary>
    public const string MatchJob = "MatchBankLines";

    private const int LookedUpAtOnce = 500;
    private const int ShownRows = 5;
    private const int FewestSigns = 6;
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(5);

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    /// <summary>What a file would bring.</summary>
    /// <param name="choice">Of a table: whose it is and how it is read; null: as its account keeps it, where the headings tell which one.</param>
    public async Task<BankFilePlan> PlanAsync(string name, string text, CsvChoice? choice, CancellationToken cancel)
    {
        var plan = new BankFilePlan(name, text, BankFileText.FormatOf(text));
        await using var db = await databases.CreateDbContextAsync(cancel);
        try
        {
            if (plan.Format == BankFormat.Csv)
                return await PlanTableAsync(db, plan, choice, cancel);
            return plan with { Statements = await PlacedAsync(db, plan, plan.Format == BankFormat.Camt053 ? Camt053.Read(text) : Cfonb120.Read(text), cancel) };
        }
        catch (BankFileException wrong)
        {
            return plan with { Problem = new(wrong.Line, wrong.Reason, wrong.Found) };
        }
        catch (CsvTableException wrong)
        {
            return plan with { Problem = new(wrong.Line, wrong.Reason, wrong.Found) };
        }
        catch (Exception wrong) when (wrong is OverflowException or ArgumentException or FormatException)
        {
            // Nobody writes so, and whoever does shall hear of it.
            return plan with { Problem = new(1, "unreadable", wrong.GetType().Name) };
        }
    }

    /// <summary>Stores a file that was looked at, if it is as it was then.</summary>
    /// <param name="userId">Who gave it; null: it lay in the watched folder.</param>
    /// <param name="choice">Of a table, which its account keeps from now on.</param>
    /// <returns>The plan as it was carried out; with a problem, nothing was stored.</returns>
    public async Task<BankFilePlan> TakeAsync(BankFilePlan seen, CsvChoice? choice, Guid? userId, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var plan = await PlanAsync(seen.Name, seen.Text, choice, cancel);
        if (!plan.MayTake)
            return plan;
        foreach (var statement in plan.Statements.Where(statement => !statement.IsKnown))
            await AddAsync(db, plan, statement, choice, userId, owner, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return plan;
    }

    private async Task<BankFilePlan> PlanTableAsync(RevOpsDb db, BankFilePlan plan, CsvChoice? choice, CancellationToken cancel)
    {
        var table = CsvTable.Open(plan.Text);
        var accounts = await db.Set<BankAccount>().AsNoTracking().Where(account => account.CsvMapping != null).ToListAsync(cancel);
        var fitting = accounts.FindAll(account => CsvMapping.FromJson(account.CsvMapping)!.Fits(table.Heading));
        var kept = choice is null && fitting is [var only] ? only : null;
        var mapping = choice?.Mapping ?? CsvMapping.FromJson(kept?.CsvMapping) ?? CsvMapping.Guess(table.Heading, [.. table.Rows.Take(100)]);
        plan = plan with { Csv = new(table.Heading, [.. table.Rows.Take(ShownRows)], table.Rows.Count, mapping, choice?.AccountId ?? kept?.Id, kept is not null, kept is not null && await NamesAsync(kept, plan, cancel)) };
        if (choice is null && kept is null)
            return plan;

        var (number, currency) = (choice?.AccountId ?? kept?.Id) is { } id && await db.Set<BankAccount>().AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancel) is { } account
            ? (await vault.OpenAsync(DataKey.Company, account.Id, account.SealedNumber, cancel) ?? "", account.Currency)
            : (Iban.Tidy(choice!.Number), (await company.CurrentAsync(cancel)).Currency);
        if (number.Length == 0)
            return plan;
        try
        {
            return plan with { Statements = await PlacedAsync(db, plan, [BankCsv.Read(table, mapping, number, currency)], cancel) };
        }
        catch (BankFileException wrong)
        {
            // The preview stays: other columns may mend it.
            return plan with { Problem = new(wrong.Line, wrong.Reason, wrong.Found) };
        }
    }

    /// <summary>Accounts at one bank have the same headings: which one a file is of, its name or a cell has to say where nobody looks.</summary>
    private async Task<bool> NamesAsync(BankAccount account, BankFilePlan plan, CancellationToken cancel)
    {
        var number = await vault.OpenAsync(DataKey.Company, account.Id, account.SealedNumber, cancel) ?? "";
        var (end, tidy) = (number.Length > FewestSigns ? number[^FewestSigns..] : number, string.Concat(plan.Text.Where(char.IsLetterOrDigit)));
        return plan.Name.Contains(account.Name, StringComparison.OrdinalIgnoreCase) || (end.Length > 0 && (plan.Name.Contains(end, StringComparison.OrdinalIgnoreCase) || tidy.Contains(number, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<IReadOnlyList<StatementPlan>> PlacedAsync(RevOpsDb db, BankFilePlan plan, IReadOnlyList<BankStatement> statements, CancellationToken cancel)
    {
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow() + FurthestAhead);
        var placed = new List<StatementPlan>();
        foreach (var (index, statement) in statements.Index())
        {
            if (statement.Lines.FirstOrDefault(line => line.BookedOn > today) is { } ahead)
                throw new BankFileException(1, "ahead", ahead.BookedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            placed.Add(await PlaceAsync(db, plan, index, statement, cancel));
        }

        return placed;
    }

    private async Task<StatementPlan> PlaceAsync(RevOpsDb db, BankFilePlan plan, int index, BankStatement statement, CancellationToken cancel)
    {
        var numberHash = vault.LookupHash("bankAccount", BankLineKeys.AccountOf(statement.Account));
        var account = await db.Set<BankAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.NumberHash == numberHash, cancel);
        if (account is not null && account.Currency != statement.Currency)
            throw new BankFileException(1, "currency", $"{statement.Currency} ≠ {account.Currency}");
        var keys = KeysOf(statement, plan.Format);
        var known = account is null ? [] : await KnownAsync(db, keys, cancel);
        var (repeats, hash) = (keys.Count(key => known.Contains(Convert.ToHexString(key))), HashOf(plan, index));
        var isKnown = (statement.Lines.Count > 0 && repeats == statement.Lines.Count) || await db.Set<BankFile>().AnyAsync(file => file.Hash == hash, cancel);
        if (account is not null && !isKnown)
            await RefuseOverlapAsync(db, account, plan.Format, statement, plan.Csv?.Mapping, cancel);
        return new(statement, account?.Id, account?.Name ?? NameOf(statement.Account), isKnown ? 0 : statement.Lines.Count - repeats, repeats, isKnown);
    }

    /// <summary>
    /// Without references nobody can tell which lines of another cut of the same days are in already, and no format says a line as another does.
    /// </summary>
    private async Task RefuseOverlapAsync(RevOpsDb db, BankAccount account, BankFormat format, BankStatement statement, CsvMapping? mapping, CancellationToken cancel)
    {
        var (from, to) = (BankLineKeys.FirstDayOf(format, statement.From, statement.To), statement.To);
        var near = await db.Set<BankFile>().AsNoTracking().Where(file => file.AccountId == account.Id && file.Lines > 0 && file.From <= to && file.To >= from && db.Set<BankLine>().Any(line => line.FileId == file.Id && line.Mode == Mode)).ToListAsync(cancel);
        if (statement.Sequence is { } number && near.Find(file => file.Sequence == number && file.To.Year == statement.To.Year) is { } twice)
            throw new BankFileException(1, "sequenceTwice", $"{number}: {twice.Name}");
        var same = near.FindAll(file => BankLineKeys.FirstDayOf(file.Format, file.From, file.To) <= to && file.To >= from);
        if (same.Find(file => file.Format != format || (!BankLineKeys.MayOverlap(statement, format) && !JoinsUp(file, statement))) is { } other)
            throw new BankFileException(1, "overlap", other.Name);

        // The columns make a line what it is: read otherwise, every one of them would be new.
        if (format == BankFormat.Csv && same.Count > 0 && mapping is not null && CsvMapping.FromJson(account.CsvMapping) is { } kept && !kept.NamesLinesAs(mapping))
            throw new BankFileException(1, "columnsChanged", same[0].Name);
    }

    /// <summary>Several statements of one day, or one that ends at midnight and so on the next day, share no line where one goes on from the other's balance.</summary>
    private static bool JoinsUp(BankFile file, BankStatement statement) =>
        (file.To <= statement.From && file.ClosingMinor is { } closed && closed == statement.OpeningMinor) || (statement.To <= file.From && file.OpeningMinor is { } opened && opened == statement.ClosingMinor);

    private async Task AddAsync(RevOpsDb db, BankFilePlan plan, StatementPlan placed, CsvChoice? choice, Guid? userId, CompanyVersion owner, CancellationToken cancel)
    {
        var statement = placed.Statement;
        var account = await AccountAsync(db, statement, choice, userId, cancel);
        var keys = KeysOf(statement, plan.Format);
        var known = await KnownAsync(db, keys, cancel);
        var file = new BankFile
        {
            Id = Guid.CreateVersion7(),
            AccountId = account.Id,
            Hash = HashOf(plan, plan.Statements.Index().First(found => ReferenceEquals(found.Item, placed)).Index),
            Name = plan.Name.Length > 300 ? plan.Name[..300] : plan.Name,
            Format = plan.Format,
            StatementId = statement.StatementId is { Length: > 100 } id ? id[..100] : statement.StatementId,
            Sequence = statement.Sequence,
            From = statement.From,
            To = statement.To,
            OpeningMinor = statement.OpeningMinor,
            ClosingMinor = statement.ClosingMinor,
            Lines = statement.Lines.Count,
            Repeats = placed.Repeats,
            Warnings = "",
            UserId = userId,
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Add(file);
        StatementOrder.Check([.. await db.Set<BankFile>().Where(row => row.AccountId == account.Id).ToListAsync(cancel), .. db.ChangeTracker.Entries<BankFile>().Where(entry => entry.State == EntityState.Added && entry.Entity.AccountId == account.Id).Select(entry => entry.Entity)]);
        var lines = new List<BankLine>();
        foreach (var (line, key) in statement.Lines.Zip(keys).Where(pair => !known.Contains(Convert.ToHexString(pair.Second))))
            lines.Add(await LineAsync(db, file, account, line, key, cancel));

        // Ten thousand lines come in one file: they go past the change tracker.
        await db.SaveChangesAsync(cancel);
        await db.InsertAsync(lines, cancel);
        await audit.WriteAsync(db, new(userId is { } user ? $"user:{user}" : AuditTrail.System, "bank.file", nameof(BankFile), file.Id.ToString())
        {
            After = new { file.Name, file.Format, file.From, file.To, file.OpeningMinor, file.ClosingMinor, New = lines.Count, file.Repeats, owner.Currency, Sha256 = Convert.ToHexStringLower(file.Hash) },
        }, cancel);
        if (lines.Exists(line => line.AmountMinor > 0))
            db.Enqueue(MatchJob, file.Id.ToString(), clock.GetUtcNow(), lane: "bank");
    }

    private async Task<BankLine> LineAsync(RevOpsDb db, BankFile file, BankAccount account, StatementLine line, byte[] key, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            AccountId = account.Id,
            FileId = file.Id,
            Mode = Mode,
            Position = line.Position,
            KeyHash = key,
            BookedOn = line.BookedOn,
            ValueOn = line.ValueOn,
            Currency = account.Currency,
            AmountMinor = line.AmountMinor,

            // What goes out is no client's payment: whoever looks for one can have it back in the list.
            State = line.AmountMinor > 0 || line.Text.IsReversal ? BankLineState.Open : BankLineState.SetAside,
            Reason = line.AmountMinor > 0 || line.Text.IsReversal ? null : BankLine.Outgoing,
            SealedText = await vault.SealAsync(db, DataKey.Company, id, System.Text.Json.JsonSerializer.Serialize(line.Text), cancel),
            PayerHash = line.Text.PayerIban is { } iban ? vault.LookupHash("iban", iban) : null,
        };
    }

    private async Task<BankAccount> AccountAsync(RevOpsDb db, BankStatement statement, CsvChoice? choice, Guid? userId, CancellationToken cancel)
    {
        var hash = vault.LookupHash("bankAccount", BankLineKeys.AccountOf(statement.Account));
        if ((db.Set<BankAccount>().Local.FirstOrDefault(row => row.NumberHash.AsSpan().SequenceEqual(hash)) ?? await db.Set<BankAccount>().SingleOrDefaultAsync(row => row.NumberHash == hash, cancel)) is not { } account)
        {
            var id = Guid.CreateVersion7();
            account = new()
            {
                Id = id,
                NumberHash = hash,
                SealedNumber = await vault.SealAsync(db, DataKey.Company, id, statement.Account, cancel),
                Name = choice?.Name is { Length: > 0 } name ? name : NameOf(statement.Account),
                Currency = statement.Currency,
            };
            db.Add(account);
            await audit.WriteAsync(db, new(userId is { } user ? $"user:{user}" : AuditTrail.System, "bank.account", nameof(BankAccount), id.ToString()) { After = new { account.Name, account.Currency } }, cancel);
        }

        if (choice is not null)
            account.CsvMapping = choice.Mapping.ToJson();
        return account;
    }

    private List<byte[]> KeysOf(BankStatement statement, BankFormat format) => [.. BankLineKeys.Of(statement, format).Select(key => vault.LookupHash("bankLine", $"{Mode}|{key}"))];

    private static async Task<HashSet<string>> KnownAsync(RevOpsDb db, List<byte[]> keys, CancellationToken cancel)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in keys.Chunk(LookedUpAtOnce))
            known.UnionWith((await db.Set<BankLine>().Where(line => some.Contains(line.KeyHash)).Select(line => line.KeyHash).ToListAsync(cancel)).Select(Convert.ToHexString));
        return known;
    }

    /// <summary>Of each mode its own: what was tried with a test key is not in the books yet.</summary>
    private byte[] HashOf(BankFilePlan plan, int index) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mode}|{index}|{plan.Text}")));

    /// <summary>Enough to tell accounts apart, and no more.</summary>
    private static string NameOf(string number) => number.Length > 4 ? $"… {number[^4..]}" : number;
}
