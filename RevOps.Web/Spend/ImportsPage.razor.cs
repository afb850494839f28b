using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.Spend;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Spend;

/// <summary>How each platform is read: how far, when, what failed and when it is tried again.</summary>
public sealed partial class ImportsPage(SpendImportQueries queries, IServiceScopeFactory scopes, TimeProvider clock, IStringLocalizer<SpendTexts> text)
{
    private ClaimsPrincipal user = new();
    private IReadOnlyList<SpendImportState>? states;
    private SpendReadingList? list;
    private DateTimeOffset? asOf;
    private bool mayRead, busy;
    private string? said;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [SupplyParameterFromQuery(Name = PageUrl.Page)]
    private string? PageText { get; set; }

    private IStringLocalizer<SpendTexts> Text => text;

    protected override async Task OnParametersSetAsync()
    {
        user = (await SignedIn).User;
        mayRead = user.IsInRole(Roles.Marketing);
        await LoadAsync();
    }

    private async Task LoadAsync() => (states, list, asOf) = (await queries.StatesAsync(), await queries.ReadingsAsync(FromUrl.Page(PageText)), clock.GetUtcNow());

    private async Task ReadNowAsync()
    {
        if (busy)
            return;
        (busy, said) = (true, null);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var result = await scope.ServiceProvider.GetRequiredService<SpendDesk>().ReadNowAsync(user.AsApprover(), CancellationToken.None);
            said = text["ReadNow" + result];
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private static Tone ToneOf(ReadingState state) => state switch
    {
        ReadingState.Done => Tone.Good,
        ReadingState.Failing => Tone.Attention,
        ReadingState.GivenUp => Tone.Bad,
        _ => Tone.Neutral,
    };
}
