using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Shell;

public enum PaletteKind
{
    Page,
    Action,
    Invoice,
    Person,
}

/// <param name="IsFullLoad">It sets a cookie, which an open page cannot.</param>
public sealed record PaletteHit(PaletteKind Kind, string Name, string Href, string Icon, bool IsFullLoad = false);

/// <summary>What somebody may mean by what they typed: pages, actions, invoices and persons, each only for whoever may open it.</summary>
public sealed class PaletteSearch(InvoiceQueries invoices, JourneyQueries journeys, DemoProgress demo, IStringLocalizer<ShellTexts> text)
{
    private const int MostOfAKind = 6;

    // Shorter, and a beginning of a number fits half of all invoices.
    private const int ShortestNumber = 2;
    private const int ShortestContact = 4;

    public async Task<IReadOnlyList<PaletteHit>> FindAsync(string typed, IReadOnlyList<Room> rooms, ClaimsPrincipal user, CancellationToken cancel)
    {
        var named = Pages(rooms).Concat(Actions(user)).Where(hit => Fits(hit.Name, typed));
        return [.. await InvoicesAsync(typed, user, cancel), .. await PersonAsync(typed, user, cancel), .. named];
    }

    private IEnumerable<PaletteHit> Pages(IReadOnlyList<Room> rooms) =>
        rooms.Select(room => new PaletteHit(PaletteKind.Page, text[room.TextKey], room.Path, room.Icon)).Append(new(PaletteKind.Page, text["Account"], "/account", "account"))
            .Concat(demo.Now is null ? [] : [new PaletteHit(PaletteKind.Page, text["DemoData"], "/demo", "overview")]);

    private IEnumerable<PaletteHit> Actions(ClaimsPrincipal user)
    {
        if (user.May(Policies.ApproveInvoices))
            yield return Action("ActionApprove", "/approvals?show=ready", "approvals");
        if (user.May(Policies.Finance))
            yield return Action("ActionOverdue", "/invoices?status=overdue", "invoices");
        if (user.May(Policies.Operations))
            yield return Action("ActionFailing", "/jobs?tab=failing", "jobs");
        foreach (var language in Culture.Languages.Where(language => language != CultureInfo.CurrentUICulture.TwoLetterISOLanguageName))
            yield return new(PaletteKind.Action, text["ActionLanguage", CultureInfo.GetCultureInfo(language).NativeName], $"/culture?to={language}&return=/", "settings", IsFullLoad: true);
        foreach (var theme in new[] { "system", Preferences.Light, Preferences.Dark })
            yield return new(PaletteKind.Action, text["ActionTheme", text["Theme" + CultureInfo.InvariantCulture.TextInfo.ToTitleCase(theme)]], $"/theme?to={theme}&return=/", "settings", IsFullLoad: true);
        yield return new(PaletteKind.Action, text["SignOut"], "/signout", "close", IsFullLoad: true);
    }

    private PaletteHit Action(string key, string href, string icon) => new(PaletteKind.Action, text[key], href, icon);

    private async Task<IEnumerable<PaletteHit>> InvoicesAsync(string typed, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (typed.Length < ShortestNumber || !user.May(Policies.Finance))
            return [];
        var found = await invoices.ListAsync(new InvoiceFilter { Text = typed }, cancel);
        return found.Rows.Take(MostOfAKind).Select(row => new PaletteHit(
            PaletteKind.Invoice, string.Join(" · ", new[] { row.Number ?? row.Sale, row.Customer, Culture.Text(row.Gross) }.OfType<string>()), $"/invoices/{row.Id}", "invoices"));
    }

    /// <summary>By a whole e-mail, phone or ref: nobody's beginning is told to whoever guesses.</summary>
    private async Task<IEnumerable<PaletteHit>> PersonAsync(string typed, ClaimsPrincipal user, CancellationToken cancel) =>
        typed.Length >= ShortestContact && user.May(Policies.Marketing) && await journeys.FindAsync(typed, cancel) is { } person
            ? [new(PaletteKind.Person, PersonLink.HandleOf(person), $"/journeys/{person}", "journeys")]
            : [];

    private static bool Fits(string name, string typed) => typed.Length == 0
        || CultureInfo.CurrentCulture.CompareInfo.IndexOf(name, typed, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
