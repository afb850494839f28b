using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace RevOps.Web.Identity;

/// <summary>Identity's refusals in the reader's words; it has its own in English only.</summary>
public static class Refusals
{
    private const string Name = "DuplicateUserName";

    public static string Refusal(this IStringLocalizer text, IdentityResult result)
    {
        // The name is the address: a second word about it says nothing new.
        var errors = result.Errors.Where(error => error.Code != Name || result.Errors.All(other => other.Code == Name)).ToList();
        return errors.Count == 0 ? text["Refused.Unknown"] : string.Join(' ', errors.Select(error => Word(text, error)).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Why a sign-in did not succeed; a lock-out says for how long.</summary>
    public static string Problem(this IStringLocalizer text, SignInOutcome outcome, string refused = "SignInFailed") => outcome.State switch
    {
        SignInState.LockedOut => text["LockedOut", Minutes(outcome.Until)],
        SignInState.LockedByHand => text["LockedByHand"],
        _ => text[refused],
    };

    private static double Minutes(DateTimeOffset? until) =>
        until is { } end ? Math.Max(1, Math.Ceiling((end - TimeProvider.System.GetUtcNow()).TotalMinutes)) : 5;

    private static string Word(IStringLocalizer text, IdentityError error) => text["Refused." + error.Code] is { ResourceNotFound: false } known ? known : error.Description;
}
