using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;
using RevOps.Web.Audit;

namespace RevOps.Tests.Audit;

/// <summary>A row that holds a person's values, before the eyes of two roles.</summary>
public sealed class AuditPanelTests : BunitContext, IAsyncLifetime
{
    private readonly RevOpsHost host = new();
    private readonly Guid user = Guid.CreateVersion7();

    private AuditQueries Queries => host.Services.GetRequiredService<AuditQueries>();

    public async ValueTask InitializeAsync()
    {
        await using (var db = await host.OpenDatabaseAsync())
        {
            var person = Guid.CreateVersion7();
            await host.Services.GetRequiredService<AuditTrail>().WriteAsync(db, new("system", "test.noted", "Person", person.ToString()) { Owner = person, After = new { Email = "ann@example.com" } });
            await db.SaveChangesAsync();
        }

        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddSingleton(Queries);
        Services.AddSingleton(host.Services.GetRequiredService<SubjectQueries>());
        Services.AddSingleton(host.Services.GetRequiredService<AuditTrail>());
        Services.AddSingleton(host.Services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public void Admin_SeesTheFieldsAndNoValue()
    {
        var panel = RenderFor(Roles.Admin);
        panel.WaitForAssertion(() => Assert.Contains("••• ", panel.Markup.Replace("</span>", " ", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.DoesNotContain("ann@example.com", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("button.link"));
    }

    [Fact]
    public async Task Privacy_OpensThemByAClickThatIsWrittenDown()
    {
        var panel = RenderFor(Roles.Privacy);
        panel.WaitForElement("button.link");
        Assert.DoesNotContain("ann@example.com", panel.Markup, StringComparison.Ordinal);

        await panel.Find("button.link").ClickAsync(new());
        panel.WaitForAssertion(() => Assert.Contains("ann@example.com", panel.Markup, StringComparison.Ordinal));
        var note = await Queries.NewestAsync(AuditTrail.Revealed, CancellationToken.None);
        Assert.Equal(($"user:{user}", "AuditEntry", "1"), (note!.Actor.Text, note.SubjectType, note.SubjectId));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private IRenderedComponent<AuditPanel> RenderFor(string role)
    {
        var signedIn = this.AddAuthorization().SetAuthorized("somebody");
        signedIn.SetRoles(role);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, user.ToString()));
        return Render<AuditPanel>(given => given.Add(panel => panel.Sequence, 1).Add(panel => panel.Close, "/audit"));
    }
}
