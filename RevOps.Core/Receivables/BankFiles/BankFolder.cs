using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>
/// A folder into which a bank's program (EBICS, ediweb) puts statements. What was taken moves to <c>done</c>, what was refused to
/// <c>refused</c> and stands on the page with its reason. A file is moved only after it is stored: killed in between, it is seen as known.
/// </summary>
public sealed class BankFolder(KeepBankFiles keep, IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TwoFactorRule rule, ILogger<BankFolder> log, string path)
{
    private const long LargestFile = 50_000_000;

    /// <summary>Younger ones may still be written.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>Where files are put.</summary>
    public string Path => path;

    private string Done => System.IO.Path.Combine(path, "done");

    private string RefusedFolder => System.IO.Path.Combine(path, "refused");

    /// <summary>Takes everything that lies there; how many files were looked at.</summary>
    public async Task<int> TakeAllAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(path);
        var files = new DirectoryInfo(path).EnumerateFiles().Where(file => !file.Name.StartsWith('.') && TimeProvider.System.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > Settled).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        foreach (var file in files)
            await TakeAsync(file, cancel);
        return files.Count;
    }

    /// <summary>What was refused, looked at again: what another file brought meanwhile may have mended it.</summary>
    public async Task<IReadOnlyList<BankFilePlan>> RefusedAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(RefusedFolder))
            return [];
        var plans = new List<BankFilePlan>();
        foreach (var file in new DirectoryInfo(RefusedFolder).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).Take(20))
            plans.Add(await PlanAsync(file, cancel));
        return plans;
    }

    /// <summary>Puts a refused one back in its place, to be taken again; false where whoever clicks may not.</summary>
    public Task<bool> TryAgainAsync(string name, Approver approver, CancellationToken cancel) => DoAsync(name, "bank.fileAgain", file => Move(file, path), approver, cancel);

    public Task<bool> DeleteAsync(string name, Approver approver, CancellationToken cancel) => DoAsync(name, "bank.fileDeleted", file => file.Delete(), approver, cancel);

    private async Task<bool> DoAsync(string name, string action, Action<FileInfo> act, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel) || Find(name) is not { } file)
            return false;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file.FullName, cancel)));
        await audit.WriteAsync(db, new(approver.Actor, action, nameof(BankFile), sha256) { After = new { file.Name, sha256 } }, cancel);
        await db.SaveChangesAsync(cancel);
        act(file);
        return true;
    }

    private FileInfo? Find(string name)
    {
        var file = new FileInfo(System.IO.Path.Combine(RefusedFolder, System.IO.Path.GetFileName(name)));
        return file.Exists ? file : null;
    }

    private async Task TakeAsync(FileInfo file, CancellationToken cancel)
    {
        try
        {
            var plan = await PlanAsync(file, cancel);
            if (plan.MayTake)
                plan = await keep.TakeAsync(plan, choice: null, userId: null, cancel);
            Move(file, plan.Problem is null && plan.Statements.Count > 0 ? Done : RefusedFolder);
        }
#pragma warning disable CA1031 // Whatever is wrong with one file, those behind it are taken.
        catch (Exception busy) when (busy is not OperationCanceledException)
#pragma warning restore CA1031
        {
            // Mostly another node has it, or its writer still does: it is looked at again.
            log.LogWarning(busy, "A bank statement in the watched folder could not be taken; trying again");
        }
    }

    private async Task<BankFilePlan> PlanAsync(FileInfo file, CancellationToken cancel)
    {
        if (file.Length > LargestFile)
            return new(file.Name, "", BankFormat.Csv) { Problem = new(1, "large", $"{LargestFile / 1_000_000} MB") };
        var plan = await keep.PlanAsync(file.Name, FileText.Decode(await File.ReadAllBytesAsync(file.FullName, cancel)), choice: null, cancel);
        return plan is { Problem: null, Statements.Count: 0 } or { Problem: null, Csv.NamesAccount: false } ? plan with { Problem = new(1, "whose", "") } : plan;
    }

    /// <summary>One of the same name is kept beside it.</summary>
    private static void Move(FileInfo file, string folder)
    {
        Directory.CreateDirectory(folder);
        var (stem, end, to) = (System.IO.Path.GetFileNameWithoutExtension(file.Name), file.Extension, System.IO.Path.Combine(folder, file.Name));
        for (var copy = 2; File.Exists(to); copy++)
            to = System.IO.Path.Combine(folder, $"{stem} ({copy}){end}");
        file.MoveTo(to);
    }
}
