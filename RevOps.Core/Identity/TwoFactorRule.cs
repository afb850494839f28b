using Microsoft.Extensions.Configuration;

namespace RevOps.Core.Identity;

/// <summary>Who may not do without a second factor.</summary>
/// <param name="Roles">Whoever has one of these.</param>
public sealed record TwoFactorRule(IReadOnlyList<string> Roles)
{
    /// <summary>Roles separated by commas; none when empty.</summary>
    public const string Key = "SignIn:RequireTwoFactor";

    public static TwoFactorRule From(IConfiguration settings) => new(Split(settings[Key] ?? ""));

    /// <summary>True for a list of roles that exist.</summary>
    public static bool CanBe(string text) => Split(text).All(Identity.Roles.All.Contains);

    public bool Covers(IEnumerable<string> roles) => roles.Any(Roles.Contains);

    private static string[] Split(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(given => Identity.Roles.All.FirstOrDefault(role => string.Equals(role, given, StringComparison.OrdinalIgnoreCase)) ?? given)];
}
