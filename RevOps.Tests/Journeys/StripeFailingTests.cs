using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Outbox;
using RevOps.Sandbox;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>When Stripe keeps failing its work is parked, not failing, and everybody who looks is told.</summary>
public sealed class StripeFailingTests
{
    [Fact]
    public async Task CanSeeThatStripeKeepsFailingAndThatItsWorkWaits()
    {
        await using var agency = await Agency.OpenAsync();
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/customers", Kind = FaultKind.Error, Count = 1_000 });
        for (var number = 0; number < 6; number++)
            await agency.SendAsync("booking_confirmed", Events.Sale($"B-{number}", customer: $"c-{number}"));
        await agency.DrainUntilAsync(() => AnyAsync(agency, row => row.Held && row.LastError!.Contains("calls resume")));

        await agency.Host.HireAsync("ann@agency.example", Roles.Finance);
        using var finance = agency.Host.Client();
        (await finance.TryPasswordAsync("ann@agency.example", Staff.Password)).Dispose();
        Assert.Contains("Stripe keeps failing", await finance.GetStringAsync("/approvals"), StringComparison.Ordinal);
        Assert.False(await AnyAsync(agency, row => row.Job == nameof(DraftInvoice) && row.State == OutboxState.Done));
    }

    private static async Task<bool> AnyAsync(Agency agency, System.Linq.Expressions.Expression<Func<OutboxRow, bool>> which)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<OutboxRow>().AnyAsync(which);
    }
}
