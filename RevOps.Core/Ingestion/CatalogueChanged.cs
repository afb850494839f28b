using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Pricing.Advising;

namespace RevOps.Core.Ingestion;

/// <summary>Somebody entered services and prices, on a form or from a file: all of them or none. Waiting drafts say anew what stands in their way.</summary>
public sealed record CatalogueSaved(IReadOnlyList<SavedService> Services, IReadOnlyList<PriceVersion> Prices, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.catalogue_saved";

    /// <exception cref="CatalogueRefusedException">Not as the catalogue stands now.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (desk, redrafted, assessed) = (CatalogueDrafts.DeskOf(reception, UserId), new List<string>(), new List<(string Code, Guid? Customer)>());
        foreach (var saved in Services)
        {
            if (saved.BasedOn is { } version && await desk.ChangeAsync(saved.Id, saved.Terms, version) is { RateChanged: true } changed)
                redrafted.Add(changed.Service.Code);
            else if (saved.BasedOn is null && (await desk.AddAsync(saved.Id, saved.Terms, reception.Now)).TaxRateBasisPoints is not null)
                redrafted.Add(saved.Terms.Code);
        }

        foreach (var price in Prices)
            assessed.Add(((await desk.AddPriceAsync(price)).Code, price.CustomerId));
        await CatalogueDrafts.RedraftAsync(reception, redrafted);
        await CatalogueDrafts.AssessAsync(reception, assessed);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Enter services and prices, and say anew of every draft with them what stands in its way"];
}

/// <summary>A price that has not begun is taken back.</summary>
public sealed record CataloguePriceWithdrawn(Guid PriceId, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.catalogue_price_withdrawn";

    /// <exception cref="CatalogueRefusedException">It has begun, or is gone.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (service, price) = await CatalogueDrafts.DeskOf(reception, UserId).WithdrawAsync(PriceId, reception.Company.DayOf(reception.Now));
        await CatalogueDrafts.AssessAsync(reception, [(service.Code, price.CustomerId)]);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Take back a price that has not begun"];
}

/// <summary>A service is not sold any more, or is sold again. What was sold keeps its price.</summary>
public sealed record ServiceRetired(Guid ServiceId, bool Retired, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.service_retired";

    /// <exception cref="CatalogueRefusedException">It is so already.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        await CatalogueDrafts.DeskOf(reception, UserId).RetireAsync(ServiceId, Retired ? reception.Now : null);
        if (Retired)
        {
            foreach (var advice in await reception.Db.Set<SlotAdvice>().Where(advice => advice.ServiceId == ServiceId && advice.IsNewest && advice.SlotStart > reception.Now).ToListAsync(reception.Cancel))
                advice.Leave();
        }

        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => [Retired ? "Retire a service" : "Sell a service again"];
}

/// <summary>What a change of the catalogue does to drafts that wait.</summary>
internal static class CatalogueDrafts
{
    public static CatalogueDesk DeskOf(Reception reception, Guid userId) => new(reception.Db, reception.Services.Audit, $"user:{userId}", reception.Cancel);

    /// <summary>Another rate makes other amounts: those are made anew.</summary>
    public static async Task RedraftAsync(Reception reception, IReadOnlyCollection<string> codes)
    {
        if (codes.Count == 0)
            return;
        foreach (var invoice in await WithLinesOf(reception, codes).Where(Invoice.MayBeRedrafted).ToListAsync(reception.Cancel))
            BookingChanges.Redraft(reception, invoice);
    }

    /// <summary>A price changes no amount, only whether it fits. What is made anew at this moment is asked then.</summary>
    public static async Task AssessAsync(Reception reception, IReadOnlyCollection<(string Code, Guid? Customer)> priced)
    {
        var (db, customers) = (reception.Db, priced.Select(one => one.Customer).Distinct().ToList());
        var codes = priced.Select(one => one.Code).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (codes.Count == 0)
            return;
        var waiting = WithLinesOf(reception, codes).Where(invoice => invoice.Status == InvoiceStatus.ReadyForReview);
        if (!customers.Contains(null))
            waiting = waiting.Where(invoice => customers.Contains(invoice.CustomerId));
        foreach (var invoice in (await waiting.ToListAsync(reception.Cancel)).Where(invoice => invoice.Status == InvoiceStatus.ReadyForReview))
            db.Enqueue<AssessAgain>(invoice.Id.ToString(), reception.Now, key: $"{invoice.Id}/{reception.Event.Id}", lane: $"customer:{invoice.CustomerId}");
    }

    private static IQueryable<Invoice> WithLinesOf(Reception reception, IReadOnlyCollection<string> codes)
    {
        var wanted = codes.Select(code => code.ToUpperInvariant()).ToList();
        return reception.Db.Set<Invoice>().Where(invoice => reception.Db.Set<InvoiceLine>().Any(line =>
            line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion && wanted.Contains(line.ServiceCode!.ToUpper())));
    }
}
