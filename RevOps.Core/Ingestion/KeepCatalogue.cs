using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>How a change of the catalogue ended.</summary>
/// <param name="Problems">By field, or by nothing where it is about no field: a code that the page puts into words. None when it is done.</param>
public sealed record CatalogueResult(IReadOnlyDictionary<string, string> Problems)
{
    public static readonly CatalogueResult Done = new(new Dictionary<string, string>(StringComparer.Ordinal));

    public bool IsDone => Problems.Count == 0;

    public static CatalogueResult Refused(string field, string problem) => new(new Dictionary<string, string>(StringComparer.Ordinal) { [field] = problem });
}

/// <summary>The catalogue's buttons. What is priced there decides what may be invoiced, so each asks again whether it may.</summary>
public sealed class KeepCatalogue(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, CompanyProfile company, TwoFactorRule rule, TimeProvider clock)
{
    /// <param name="id">Its own; of a new one whichever.</param>
    /// <param name="basedOn">The version that stood on the screen; null for a new one.</param>
    public async Task<CatalogueResult> SaveAsync(Guid id, int? basedOn, ServiceEntry entry, Approver approver, CancellationToken cancel)
    {
        var problems = CatalogueRules.Check(entry, await RatesAsync(cancel));
        return problems.Count > 0 ? new(problems) : await ReceiveAsync(CatalogueSaved.Type, new CatalogueSaved([new(id, entry.ToTerms(), basedOn)], [], approver.UserId), approver, cancel);
    }

    /// <param name="customerId">Whose contract price it is; null: the list's.</param>
    public async Task<CatalogueResult> AddPriceAsync(Guid serviceId, Guid? customerId, PriceEntry entry, Approver approver, CancellationToken cancel)
    {
        var problems = CatalogueRules.Check(entry);
        return problems.Count > 0 ? new(problems) : await ReceiveAsync(CatalogueSaved.Type, new CatalogueSaved([], [entry.ToVersion(serviceId, customerId, approver.UserId)], approver.UserId), approver, cancel);
    }

    public Task<CatalogueResult> WithdrawPriceAsync(Guid priceId, Approver approver, CancellationToken cancel) =>
        ReceiveAsync(CataloguePriceWithdrawn.Type, new CataloguePriceWithdrawn(priceId, approver.UserId), approver, cancel);

    public Task<CatalogueResult> RetireAsync(Guid serviceId, bool retired, Approver approver, CancellationToken cancel) =>
        ReceiveAsync(ServiceRetired.Type, new ServiceRetired(serviceId, retired, approver.UserId), approver, cancel);

    /// <summary>What a file would do; nothing is saved.</summary>
    public async Task<CataloguePlan> PlanAsync(string file, Approver approver, CancellationToken cancel)
    {
        var (lines, problem) = CatalogueFile.Read(file);
        if (problem is not null)
            return new([]) { Problem = problem };
        var codes = lines.Select(line => line.Service.Code.Trim().ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var services = await db.Set<Service>().AsNoTracking().Where(service => codes.Contains(service.Code.ToUpper())).ToListAsync(cancel);
        var ids = services.ConvertAll(service => service.Id);
        var prices = await db.Set<PriceVersion>().AsNoTracking().Where(price => price.CustomerId == null && price.SlotStart == null && ids.Contains(price.ServiceId)).ToListAsync(cancel);
        return CataloguePlan.Of(lines, services, prices, approver.UserId, await RatesAsync(cancel));
    }

    /// <summary>Carries out a plan as it was looked at.</summary>
    public Task<CatalogueResult> ImportAsync(CataloguePlan seen, Approver approver, CancellationToken cancel) => seen.MaySave
        ? ReceiveAsync(CatalogueSaved.Type, new CatalogueSaved(seen.Services, seen.Prices, approver.UserId), approver, cancel)
        : Task.FromResult(CatalogueResult.Refused("", "outdated"));

    /// <summary>Of a country whose rates are not known here every rate may be right.</summary>
    private async Task<Func<int, bool>> RatesAsync(CancellationToken cancel)
    {
        var seller = await company.CurrentAsync(cancel);
        return rate => TaxRate.IsInForce(seller.Country, rate, seller.DayOf(clock.GetUtcNow())) != false;
    }

    private async Task<CatalogueResult> ReceiveAsync(string type, IncomingEvent change, Approver approver, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await approver.MayDecideAsync(db, rule, cancel))
                return CatalogueResult.Refused("", "notAllowed");
        }

        try
        {
            await receiver.ReceiveInternalAsync("revops", $"catalogue/{Guid.CreateVersion7()}", type, change, cancel);
            return CatalogueResult.Done;
        }
        catch (CatalogueRefusedException refused)
        {
            return CatalogueResult.Refused(refused.Field, refused.Problem);
        }
    }
}
