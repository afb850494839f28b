using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>How saving company data ended.</summary>
public enum EnterResult
{
    Saved = 0,

    /// <summary>They say what is in force already.</summary>
    NothingNew = 1,

    /// <summary>Somebody else changed them since they were shown, or a change is planned.</summary>
    Outdated = 2,
}

/// <summary>Save and take back, as the buttons of the Settings page call them.</summary>
public sealed class EnterCompany(EventReceiver receiver, CompanyProfile company, TimeProvider clock)
{
    /// <param name="entry">What <see cref="CompanyRules"/> find nothing wrong with.</param>
    /// <param name="basedOn">The version that stood on the screen.</param>
    /// <param name="from">A later day of the company's calendar; null: from now on.</param>
    /// <param name="actor">"user:…".</param>
    public async Task<EnterResult> SaveAsync(CompanyEntry entry, Guid basedOn, DateOnly? from, string actor, CancellationToken cancel)
    {
        var (current, now) = (await company.CurrentAsync(cancel), clock.GetUtcNow());
        var start = from is { } day ? current.StartOf(day) : now;

        // Two within one instant: the second comes after the first all the same.
        var validFrom = start > current.ValidFrom ? start : current.ValidFrom.AddTicks(1);
        var version = entry.ToVersion(Guid.CreateVersion7(), validFrom, actor);
        if (current.Id != basedOn)
            return EnterResult.Outdated;
        return version.SaysTheSameAs(current)
            ? EnterResult.NothingNew
            : await ReceiveAsync($"company/{version.Id}/entered", CompanyEntered.Type, new CompanyEntered(version, basedOn), cancel);
    }

    public Task<EnterResult> DropPlanAsync(Guid versionId, string actor, CancellationToken cancel) =>
        ReceiveAsync($"company/{versionId}/dropped", CompanyPlanDropped.Type, new CompanyPlanDropped(versionId, actor), cancel);

    private async Task<EnterResult> ReceiveAsync(string id, string type, IncomingEvent data, CancellationToken cancel)
    {
        try
        {
            return await receiver.ReceiveInternalAsync("revops", id, type, data, cancel) ? EnterResult.Saved : EnterResult.Outdated;
        }
        catch (CompanyChangedMeanwhileException)
        {
            return EnterResult.Outdated;
        }
    }
}
