using Microsoft.AspNetCore.Authorization;
using RevOps.Core.Identity;

namespace RevOps.Web.Identity;

/// <summary>Who may open what. A page says <c>@attribute [Authorize(Policies.Finance)]</c>; this is the one list.</summary>
public static class Policies
{
    public const string Overview = nameof(Overview);

    /// <summary>See invoices and money; changing them is <see cref="ApproveInvoices"/>.</summary>
    public const string Finance = nameof(Finance);

    /// <summary>Approve, reject, credit, match: everything that moves money.</summary>
    public const string ApproveInvoices = nameof(ApproveInvoices);

    public const string Marketing = nameof(Marketing);
    public const string Management = nameof(Management);

    /// <summary>What is expected of the figures: whoever plans money or ads, and whoever answers for both.</summary>
    public const string Outlook = nameof(Outlook);

    /// <summary>See what slots cost and what is advised, and say yes or no to it: whoever answers for revenue.</summary>
    public const string Pricing = nameof(Pricing);

    /// <summary>Set which figures are watched, past what, and who is told.</summary>
    public const string AlertRules = nameof(AlertRules);

    public const string Administration = nameof(Administration);

    /// <summary>Watch jobs; running them again is <see cref="Administration"/>.</summary>
    public const string Operations = nameof(Operations);

    /// <summary>See what came in: whoever watches over jobs, and whoever answers for personal data.</summary>
    public const string Events = nameof(Events);

    /// <summary>Read who did what, and verify it: whoever runs the installation, answers for the money, or for personal data.</summary>
    public const string Audit = nameof(Audit);

    /// <summary>See names, e-mails and phones in clear, and erase them.</summary>
    public const string PersonalValues = nameof(PersonalValues);

    /// <summary>Everybody who is signed in, for their own account.</summary>
    public const string Account = nameof(Account);

    /// <summary>The same, and also while they still owe a second factor: where they set it up.</summary>
    public const string SecondFactor = nameof(SecondFactor);

    /// <summary>For an API key with the scope.</summary>
    public const string EventsWrite = "scope:" + ApiKey.EventsWrite;

    /// <summary>For an API key with the scope, and for everybody who is signed in.</summary>
    public const string MetricsRead = "scope:" + ApiKey.MetricsRead;

    /// <summary>For an API key with the scope, and for everybody who is signed in.</summary>
    public const string PricesRead = "scope:" + ApiKey.PricesRead;

    public static readonly IReadOnlyDictionary<string, string[]> RolesOf = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Overview] = [.. Roles.All],
        [Finance] = [Roles.Finance, Roles.Management, Roles.Admin],
        [ApproveInvoices] = [Roles.Finance],
        [Marketing] = [Roles.Marketing, Roles.Management, Roles.Privacy],
        [Management] = [Roles.Management],
        [Outlook] = [Roles.Management, Roles.Finance, Roles.Marketing],
        [Pricing] = [Roles.Finance, Roles.Management],
        [AlertRules] = [Roles.Management, Roles.Admin],
        [Administration] = [Roles.Admin],
        [Operations] = [Roles.Admin, Roles.Finance, Roles.Marketing],
        [Events] = [Roles.Admin, Roles.Finance, Roles.Marketing, Roles.Privacy],
        [Audit] = [Roles.Admin, Roles.Finance, Roles.Privacy],
        [PersonalValues] = [Roles.Privacy],
    };

    /// <summary>What a page may name.</summary>
    public static readonly IReadOnlyList<string> OfPages = [.. RolesOf.Keys, Account, SecondFactor];

    public static void Apply(AuthorizationOptions options)
    {
        foreach (var (policy, roles) in RolesOf)
            options.AddPolicy(policy, rule => rule.RequireRole(roles).AddRequirements(new OwesNothing()));
        options.AddPolicy(Account, rule => rule.RequireAssertion(IsPerson).AddRequirements(new OwesNothing()));
        options.AddPolicy(SecondFactor, rule => rule.RequireAssertion(IsPerson));

        options.AddPolicy(EventsWrite, rule => rule.RequireClaim(Caller.ScopeClaim, ApiKey.EventsWrite));
        options.AddPolicy(MetricsRead, rule => rule.RequireAssertion(context => context.User.HasScope(ApiKey.MetricsRead) || context.User.HasAnyRole()).AddRequirements(new OwesNothing()));
        options.AddPolicy(PricesRead, rule => rule.RequireAssertion(context => context.User.HasScope(ApiKey.PricesRead) || context.User.HasAnyRole()).AddRequirements(new OwesNothing()));

        // Whatever says nothing about itself is closed to whoever has no role.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireRole(Roles.All).AddRequirements(new OwesNothing()).Build();
    }

    private static bool IsPerson(AuthorizationHandlerContext context) => context.User.UserId() is not null;
}
