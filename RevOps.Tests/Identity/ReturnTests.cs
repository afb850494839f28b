using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Identity;

/// <summary>No address of ours sends anybody elsewhere, whatever stands in it.</summary>
public sealed class ReturnTests : IAsyncDisposable
{
    private const string Email = "ann@agency.example";
    private readonly RevOpsHost host = new() { Settings = { ["Demo:Enabled"] = "true" } };

    public static TheoryData<string> Elsewhere => ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example", "%2F%2Fevil.example"];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task NoReturn_LeadsOut(string elsewhere)
    {
        var escaped = Uri.EscapeDataString(elsewhere);
        var (key, _) = await host.GiveAppAsync(await host.HireAsync(Email, Roles.Marketing));

        using var person = host.Client();
        using var first = await person.TryPasswordAsync(Email, query: $"?return={escaped}");
        StaysHere(first.LeadsTo());
        using var second = await person.SubmitAsync($"/signin/two-factor?return={escaped}", "code", ("Input.Code", Staff.CodeNow(key)));
        StaysHere(second.LeadsTo());
        using var codes = await person.SubmitAsync($"/account/two-factor?return={escaped}", "codes");
        Assert.DoesNotContain("evil.example", (await codes.Content.ReadAsStringAsync()).Replace($"return={escaped}", "", StringComparison.OrdinalIgnoreCase).Split("<main")[1].Split("</main")[0], StringComparison.OrdinalIgnoreCase);

        using var again = await host.Client().GetAsync($"/signin/two-factor?return={escaped}");
        StaysHere(again.LeadsTo());
        foreach (var path in new[] { "/culture?to=fr", "/theme?to=dark" })
        {
            using var answer = await host.Client().GetAsync($"{path}&return={escaped}");
            StaysHere(answer.LeadsTo());
        }

        using var demo = await host.Client().PostFormAsync("/signin", "/signin/demo", ("role", Roles.Finance), ("to", elsewhere));
        StaysHere(demo.LeadsTo());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private void StaysHere(string? location)
    {
        Assert.NotNull(location);
        Assert.Equal(host.Address.Authority, new Uri(host.Address, location).Authority);
        Assert.DoesNotContain("evil.example", location, StringComparison.OrdinalIgnoreCase);
    }
}
