using System.Globalization;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard.Digest;
using RevOps.Web.Platform;

namespace RevOps.Web.Scorecard.Digest;

/// <summary>Every Monday morning: takes down the digest of the week that is over, so that it stays as it was told, and hands in the letter on the week that is over for whoever asked for it, each in a commit of its own.</summary>
public sealed class SendDigests(DigestQueries queries, DigestDesk desk, DigestWords words, CompanyProfile company, PublicAddress address, IConfiguration settings) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var (week, _) = await queries.WeeksAsync(cancel);
        await queries.KeepAsync(week, cancel);
        var due = await desk.DueAsync(week, cancel);
        if (due.Count == 0 || await queries.OfAsync(week, cancel) is not { } digest)
            return OutboxResult.Done;
        var owner = await company.CurrentAsync(cancel);
        var (sender, place) = (owner.LegalName is { Length: > 0 } name ? name : "RevOps", address.OfServer(settings));
        foreach (var (user, language) in due)
        {
            var (subject, text) = words.Letter(digest, sender, place, owner.Zone, CultureInfo.GetCultureInfo(language));
            await desk.HandInAsync(week, user, subject, text, cancel);
        }

        return OutboxResult.Done;
    }
}
