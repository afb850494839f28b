using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Ingestion;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Conventions;

/// <summary>What is sold at which price, invoiced, credited, paid out and seen at the bank.</summary>
public sealed partial class FilledHost
{
    /// <summary>A catalogue with a price of each kind, and a sale at another one.</summary>
    private async Task PriceAsync()
    {
        var (keep, approver, service) = (agency.Host.Services.GetRequiredService<KeepCatalogue>(), await agency.ApproverAsync(), Guid.CreateVersion7());
        await keep.SaveAsync(service, null, new() { Code = "AUDIT", Name = "Audit of a day", Cost = "450", CostCurrency = "EUR" }, approver, CancellationToken.None);
        foreach (var (from, customer) in new[] { ("2026-01-01", (Guid?)null), ("2030-01-01", null), ("2026-01-01", (await agency.InvoiceAsync("B-2")).CustomerId) })
            Assert.True((await keep.AddPriceAsync(service, customer, new() { Amount = "1300", Currency = "EUR", From = from }, approver, CancellationToken.None)).IsDone);
        var sale = Events.Sale("B-4", customer: "C-4");
        sale["lines"]![0]!["serviceCode"] = "audit";
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        samples["/catalogue/{Id:guid}"] = $"/catalogue/{service}";
        others.Add(("/approvals", $"/approvals?invoice={(await agency.InvoiceAsync("B-4")).Id}"));
    }

    /// <summary>A workshop with places: one slot advised in shadow, one that waits, one accepted, one refused, one undone and one full; and services without settings, price or place in the catalogue.</summary>
    private async Task AdviseAsync()
    {
        var (keep, desk, by, service) = (agency.Host.Services.GetRequiredService<KeepCatalogue>(), agency.Host.Services.GetRequiredService<PricingDesk>(), await agency.ApproverAsync(), Guid.CreateVersion7());
        await keep.SaveAsync(service, null, new() { Code = "WORKSHOP", Name = "Workshop" }, by, CancellationToken.None);
        await keep.AddPriceAsync(service, null, new() { Amount = "100", Currency = "EUR", From = "2026-01-01" }, by, CancellationToken.None);
        Assert.True((await desk.SetAsync(service, 0, new() { Floor = "80", Ceiling = "160", Fares = "full; Full fare; 100\nearly; Early; 80" }, by, CancellationToken.None)).IsDone);
        var day = new DateTimeOffset(agency.Clock.GetUtcNow().Date, TimeSpan.Zero).AddHours(8);
        foreach (var code in new[] { "audit", "UNKNOWN" })
            await agency.SendAsync("availability", PlacesOf(code, day.AddDays(5), 3));
        for (var at = -9; at <= 20; at++)
            await agency.SendAsync("availability", PlacesOf("WORKSHOP", day.AddDays(at), 10));
        for (var at = -9; at <= 5; at++)
        {
            var sale = Events.Sale($"W{at}", customer: $"W{at}");
            sale["lines"] = new JsonArray(new JsonObject { ["key"] = "1", ["serviceCode"] = "WORKSHOP", ["description"] = "Workshop", ["quantity"] = at == 1 ? 10 : at > 1 ? 7 + (at % 2) : 4, ["unitAmount"] = "100" });
            (sale["slotStart"], sale["slotEnd"], sale["fareClass"]) = (day.AddDays(at).ToString("O"), day.AddDays(at).AddHours(2).ToString("O"), "full");
            await agency.Sender.SendAsync(Events.Of("booking_confirmed", sale, time: agency.Clock.GetUtcNow().AddDays(Math.Min(0, at) - 3)));
        }

        await AdviseNowAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            // As if the two weeks were over: the next look asks for answers.
            await db.Set<PricingStudy>().ExecuteUpdateAsync(change => change.SetProperty(study => study.Day, DateOnly.FromDateTime(day.Date).AddDays(-PricingSetting.ShadowDays)));
        }

        await AdviseNowAsync();
        await using var after = await agency.Host.OpenDatabaseAsync();
        var waiting = await after.Set<SlotAdvice>().Where(advice => advice.State == AdviceState.Awaiting).OrderBy(advice => advice.SlotStart).Select(advice => new ShownAdvice(advice.Id, advice.AdvisedMinor)).ToListAsync();
        Assert.True(waiting.Count >= 4, $"{waiting.Count}");
        Assert.Equal(2, (await desk.DecideAsync([.. waiting.Take(2)], true, null, by, CancellationToken.None)).Count);
        Assert.Equal(1, (await desk.DecideAsync([waiting[2]], false, "A fair is on", by, CancellationToken.None)).Count);
        Assert.Equal(DecisionResult.Done, await desk.UndoAsync(waiting[0].Id, by, CancellationToken.None));
        await agency.Host.DrainAsync();
        others.AddRange([("/pricing", "/pricing?show=awaiting"), ("/pricing", "/pricing?service=WORKSHOP&show=ahead&sort=advised&dir=desc"), ("/pricing", "/pricing?week=2027-01-04"), ("/pricing/history", "/pricing/history?state=refused"), ("/pricing/services/{Code}", "/pricing/services/AUDIT"), ("/pricing/services/{Code}", "/pricing/services/none")]);
    }

    private async Task AdviseNowAsync()
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AdviseSlots>().RunAsync(null!, CancellationToken.None);
    }

    private static JsonObject PlacesOf(string code, DateTimeOffset start, int places) => new() { ["serviceCode"] = code, ["slotStart"] = start.ToString("O"), ["slotEnd"] = start.AddHours(2).ToString("O"), ["capacity"] = places };

    /// <summary>Two credit notes for the paid invoice: one issued, one that waits.</summary>
    private async Task CreditAsync()
    {
        var (invoice, approver) = (await agency.InvoiceAsync("B-1"), await agency.ApproverAsync());
        await using var scope = agency.Host.Services.CreateAsyncScope();
        var credit = scope.ServiceProvider.GetRequiredService<CreditInvoice>();
        await using var db = await agency.Host.OpenDatabaseAsync();
        var line = await db.Set<InvoiceLine>().Where(row => row.InvoiceId == invoice.Id && row.DraftVersion == invoice.DraftVersion).Select(row => row.Id).FirstAsync();
        foreach (var (memo, net) in new[] { ("A gesture", 10_000L), ("Another", 5_000L) })
        {
            var wanted = new CreditNoteProposed(invoice.Id, default, CreditReason.Goodwill, CreditSettlement.Balance, memo, [new(line, net)], Reissues: false);
            Assert.Equal(DecisionResult.Done, await credit.ProposeAsync(Guid.NewGuid(), approver, wanted, CancellationToken.None));
        }

        var notes = await db.Set<CreditNote>().OrderBy(note => note.NetMinor).Select(note => note.Id).ToListAsync();
        Assert.Equal(DecisionResult.Done, await credit.ApproveAsync(notes[1], approver, CancellationToken.None));
        await agency.Host.DrainAsync();
        samples["/credit-notes/{Id:guid}"] = $"/credit-notes/{notes[0]}";
        others.Add(("/credit-notes/{Id:guid}", $"/credit-notes/{notes[1]}"));
        samples["/credit-notes/new"] = $"/credit-notes/new?invoice={invoice.Id}";
        others.Add(("/credit-notes/new", "/credit-notes/new"));
    }

    /// <summary>A statement with what is recognised, what may be one thing or another, what nobody knows, and what went out.</summary>
    private async Task BankAsync()
    {
        var files = agency.Host.Services.GetRequiredService<KeepBankFiles>();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-7", customer: "C-7"));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-7"));
        await agency.Host.DrainAsync();
        var number = (await agency.InvoiceAsync("B-7")).Number;
        var statement = new Statement(DateOnly.FromDateTime(agency.Clock.GetUtcNow().Date)).With(40_000, $"{number} acompte", "Acme").With(1_234, "?").With(-9_900, "LOYER");
        var taken = await files.TakeAsync(await files.PlanAsync("s.xml", statement.ToString(), null, CancellationToken.None), null, agency.Finance, CancellationToken.None);
        Assert.Equal(3, taken.New);
        await agency.Host.DrainAsync();
        others.Add(("/bank", "/bank?state=all&sort=largest"));
    }

    /// <summary>Stripe pays out what came in.</summary>
    private async Task PayOutAsync()
    {
        agency.Sandbox.PayOut();
        await agency.DrainUntilAsync(async () => await PayoutsAsync(payout => payout.PartsMinor != null) == 1);
        await using var db = await agency.Host.OpenDatabaseAsync();
        others.Add(("/receivables/cash", "/receivables/cash?part=none"));
        others.Add(("/receivables/issued", "/receivables/issued?show=wrong"));
        samples["/receivables/payouts/{Id:guid}"] = $"/receivables/payouts/{await db.Set<Payout>().Select(payout => payout.Id).SingleAsync()}";
    }

    private async Task<int> PayoutsAsync(System.Linq.Expressions.Expression<Func<Payout, bool>> which)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Payout>().CountAsync(which);
    }

    /// <summary>Finance writes: its own version of a draft, one that the sender has overtaken, and an invoice by hand.</summary>
    private async Task WriteAsync()
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        var (edit, versions, approver) = (scope.ServiceProvider.GetRequiredService<EditInvoice>(), agency.Host.Services.GetRequiredService<DraftVersionQueries>(), await agency.ApproverAsync());
        foreach (var booking in new[] { "B-2", "B-4" })
        {
            var draft = (await versions.OfAsync((await agency.InvoiceAsync(booking)).Id, CancellationToken.None))!;
            var own = draft.Sent! with { PurchaseOrder = "PO-7", Lines = [draft.Sent.Lines[0] with { Quantity = 2 }] };
            Assert.Equal(DecisionResult.Done, await edit.EditAsync(draft.InvoiceId, draft.DraftVersion, own, approver, CancellationToken.None));
        }

        agency.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = Events.Sale("B-4", customer: "C-4", unitAmount: 1_250);
        later["lines"]![0]!["serviceCode"] = "audit";
        await agency.SendAsync("booking_confirmed", later);
        var (click, written) = (Guid.NewGuid(), new BookingContent { Currency = "EUR", Lines = [new() { Key = "1", Description = "Workshop", Quantity = 1.5m, UnitAmount = 400 }] });
        await edit.WriteAsync(click, (await agency.InvoiceAsync("B-2")).CustomerId, "Workshop", written, null, approver, CancellationToken.None);
        await agency.Host.DrainAsync();
        samples["/invoices/{Id:guid}/edit"] = $"/invoices/{(await agency.InvoiceAsync("B-2")).Id}/edit";
        others.Add(("/invoices/{Id:guid}/edit", $"/invoices/{await edit.FindWrittenAsync(click, CancellationToken.None)}/edit"));
        others.Add(("/invoices/new", "/invoices/new?kind=deposit&deal=B-2"));
    }
}
