using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Catalogue;

/// <summary>
/// Changes the catalogue in a context, with the audit beside it; the caller saves. A price that has begun is never edited: another price is
/// another row.
/// </summary>
public sealed class CatalogueDesk(RevOpsDb db, AuditTrail audit, string actor, CancellationToken cancel)
{
    /// <exception cref="CatalogueRefusedException">The code is taken.</exception>
    public async Task<Service> AddAsync(Guid id, ServiceTerms terms, DateTimeOffset now)
    {
        var code = terms.Code.ToUpperInvariant();
        if (await db.Set<Service>().AnyAsync(row => row.Code.ToUpper() == code, cancel))
            throw new CatalogueRefusedException(nameof(ServiceEntry.Code), "codeTaken");
        var service = new Service { Id = id, Code = terms.Code, Name = terms.Name, RecordedAt = now };
        (service.TaxRateBasisPoints, service.CostMinor, service.CostCurrency) = (terms.TaxRateBasisPoints, terms.CostMinor, terms.CostCurrency);
        db.Add(service);
        await NoteAsync("service.added", service.Id, null, Said(terms));
        return service;
    }

    /// <summary>Name, rate and cost; a code stays what senders know.</summary>
    /// <param name="basedOn">The version that stood on the screen.</param>
    /// <returns>The rate was another one.</returns>
    /// <exception cref="CatalogueRefusedException">Somebody changed it meanwhile.</exception>
    public async Task<(Service Service, bool RateChanged)> ChangeAsync(Guid id, ServiceTerms terms, int basedOn)
    {
        var service = await FindAsync(id);
        if (service.Version != basedOn)
            throw new CatalogueRefusedException("", "outdated");
        var before = ServiceTerms.Of(service);
        var after = terms with { Code = service.Code };
        if (before == after)
            return (service, false);
        (service.Name, service.TaxRateBasisPoints, service.CostMinor, service.CostCurrency) = (after.Name, after.TaxRateBasisPoints, after.CostMinor, after.CostCurrency);
        await NoteAsync("service.changed", id, Said(before), Said(after));
        return (service, before.TaxRateBasisPoints != after.TaxRateBasisPoints);
    }

    public async Task<Service> RetireAsync(Guid id, DateTimeOffset? at)
    {
        var service = await FindAsync(id);
        if (service.RetiredAt is null == at is null)
            throw new CatalogueRefusedException("", "outdated");
        await NoteAsync(at is null ? "service.restored" : "service.retired", id, new { service.RetiredAt }, new { RetiredAt = at });
        service.RetiredAt = at;
        return service;
    }

    /// <exception cref="CatalogueRefusedException">Another price of the same service, customer and currency begins on that day.</exception>
    public async Task<Service> AddPriceAsync(PriceVersion price)
    {
        var service = await FindAsync(price.ServiceId);

        // A database holds two list prices of one day to be different, since neither names a customer.
        if (await SameDay(price).AnyAsync(cancel) || db.Set<PriceVersion>().Local.Any(row => IsSameDay(row, price)))
            throw new CatalogueRefusedException(nameof(PriceEntry.From), "fromTaken");
        db.Add(price);
        await NoteAsync("price.added", service.Id, null, Said(price));
        return service;
    }

    /// <summary>The price of one slot, from this instant on.</summary>
    public Task AddSlotPriceAsync(PriceVersion price)
    {
        db.Add(price);
        return NoteAsync("slotPrice.begun", price.ServiceId, null, Said(price));
    }

    /// <summary>Ends the price of a slot: the one before holds again.</summary>
    /// <exception cref="CatalogueRefusedException">It has ended, or is of no slot.</exception>
    public async Task EndSlotPriceAsync(Guid priceId, DateTimeOffset now, DateOnly today)
    {
        var price = await db.Set<PriceVersion>().SingleOrDefaultAsync(row => row.Id == priceId, cancel);
        if (price is not { SlotStart: not null, EndedAt: null })
            throw new CatalogueRefusedException("", "outdated");
        var before = Said(price);
        (price.EndedAt, price.ValidUntil) = (now, today);
        await NoteAsync("slotPrice.ended", price.ServiceId, before, Said(price));
    }

    /// <exception cref="CatalogueRefusedException">It has begun, or is gone.</exception>
    public async Task<(Service Service, PriceVersion Price)> WithdrawAsync(Guid priceId, DateOnly today)
    {
        var price = await db.Set<PriceVersion>().SingleOrDefaultAsync(row => row.Id == priceId, cancel) ?? throw new CatalogueRefusedException("", "outdated");
        if (price.ValidFrom <= today)
            throw new CatalogueRefusedException("", "begun");
        db.Remove(price);
        await NoteAsync("price.withdrawn", price.ServiceId, Said(price), null);
        return (await FindAsync(price.ServiceId), price);
    }

    private async Task<Service> FindAsync(Guid id) => await db.Set<Service>().FindAsync([id], cancel) ?? throw new CatalogueRefusedException("", "outdated");

    private IQueryable<PriceVersion> SameDay(PriceVersion price) => db.Set<PriceVersion>().Where(row =>
        row.SlotStart == null && row.ServiceId == price.ServiceId && row.CustomerId == price.CustomerId && row.Currency == price.Currency && row.ValidFrom == price.ValidFrom);

    private static bool IsSameDay(PriceVersion one, PriceVersion other) => one.SlotStart is null &&
        (one.ServiceId, one.CustomerId, one.Currency, one.ValidFrom) == (other.ServiceId, other.CustomerId, other.Currency, other.ValidFrom);

    private Task NoteAsync(string action, Guid serviceId, object? before, object? after) =>
        audit.WriteAsync(db, new AuditNote(actor, action, nameof(Service), serviceId.ToString()) { Before = before, After = after }, cancel);

    private static object Said(ServiceTerms terms) => new
    {
        terms.Code,
        terms.Name,
        Rate = terms.TaxRateBasisPoints is { } rate ? $"{CatalogueRules.Text(rate / 100m)} %" : null,
        Cost = terms.CostMinor is { } minor ? new Money(minor, terms.CostCurrency!).ToString() : null,
    };

    private static object Said(PriceVersion price) => new { price.UnitAmount, price.Currency, price.TaxInclusive, price.ValidFrom, price.ValidUntil, price.CustomerId, price.SlotStart, price.BeganAt, price.EndedAt };
}

/// <summary>The catalogue does not allow it as it stands now: nothing was saved.</summary>
/// <param name="about">A field of the entry; empty where it is about no field.</param>
/// <param name="problem">A code that the page puts into words.</param>
public sealed class CatalogueRefusedException(string about, string problem) : Exception($"The catalogue refuses {about}: {problem}.")
{
    public string Field => about;

    public string Problem => problem;
}
