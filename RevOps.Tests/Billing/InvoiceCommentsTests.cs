using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Billing;

public sealed class InvoiceCommentsTests
{
    private const string Words = "Unmistakable words about a price";

    [Fact]
    public async Task WhatSomebodyWrote_IsReadByTheOthersAndSealedAndAuditedWithoutItsText()
    {
        await using var host = new RevOpsHost { Clock = new TurnableClock(SomeSales.Noon) };
        var invoice = await new SomeSales(host).AddAsync("B-1");
        var (comments, ann) = (host.Services.GetRequiredService<InvoiceComments>(), await host.HireAsync("ann@agency.example", Roles.Finance));
        Assert.True(await comments.AddAsync(invoice, ann, $"  {Words} ", CancellationToken.None));
        Assert.False(await comments.AddAsync(Guid.NewGuid(), ann, Words, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => comments.AddAsync(invoice, ann, " ", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => comments.AddAsync(invoice, ann, new string('x', InvoiceComments.Longest + 1), CancellationToken.None));

        var read = Assert.Single(await comments.OfAsync(invoice, CancellationToken.None));
        Assert.Equal(("ann", Words, SomeSales.Noon), (read.Author, read.Text, read.OccurredAt));
        Assert.Equal(1, (await host.Services.GetRequiredService<ApprovalQueries>().MarksAsync([invoice], CancellationToken.None))[invoice].Comments);

        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal(-1, (await db.Set<InvoiceComment>().SingleAsync(TestContext.Current.CancellationToken)).SealedText.AsSpan().IndexOf("Unmistakable"u8));
        var entry = await db.Set<AuditEntry>().SingleAsync(row => row.Action == "invoice.commented", TestContext.Current.CancellationToken);
        var noted = await host.Services.GetRequiredService<AuditQueries>().FindAsync(entry.Sequence, clear: true, CancellationToken.None);
        Assert.DoesNotContain(noted!.Changes, change => $"{change}".Contains("Unmistakable", StringComparison.Ordinal));
    }
}
