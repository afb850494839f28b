using Microsoft.AspNetCore.Identity;

namespace RevOps.Core.Identity;

/// <summary>
/// Refuses what is tried first: the address itself, and the commonest passwords, with whatever digits and signs people put around them
/// to reach the length. The list is CommonPasswords.txt, one a line.
/// </summary>
public sealed class CommonPasswords : IPasswordValidator<User>
{
    public const string Common = "PasswordIsCommon";
    public const string IsAddress = "PasswordIsAddress";

    private const int FewestSigns = 5;
    private static readonly HashSet<string> Known = Read();

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var code = password is null ? null : IsAddressOf(user, password) ? IsAddress : IsCommon(password) ? Common : null;
        return Task.FromResult(code is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = code, Description = code }));
    }

    public static bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        if (lower.Distinct().Count() < FewestSigns || IsRun(lower))
            return true;

        // "Password2026!" is "password", and "passwordpassword" too; "p4ssw0rd" is read as people mean it.
        var core = Plain(lower.Trim([.. lower.Where(sign => !char.IsLetter(sign))]));
        return Known.Contains(lower) || Known.Contains(core) || Known.Contains(Plain(lower)) || Known.Contains(Once(core));
    }

    private static bool IsAddressOf(User user, string password)
    {
        if (user.Email is not { Length: > 0 } email)
            return false;
        var bare = password.Trim();
        return string.Equals(bare, email, StringComparison.OrdinalIgnoreCase)
            || string.Equals(bare.Trim([.. bare.Where(sign => !char.IsLetter(sign))]), email.Split('@')[0], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>"123456789012", "abcdefghijkl", and the same backwards.</summary>
    private static bool IsRun(string text) => text.Length > 1
        && (text.Zip(text.Skip(1)).All(pair => pair.Second - pair.First is 1 or -9) || text.Zip(text.Skip(1)).All(pair => pair.Second - pair.First is -1 or 9));

    private static string Plain(string text) => text.Replace('0', 'o').Replace('1', 'l').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('@', 'a').Replace('$', 's').Replace('!', 'i').Replace(" ", "", StringComparison.Ordinal);

    private static string Once(string text) => text.Length % 2 == 0 && text[..(text.Length / 2)] == text[(text.Length / 2)..] ? text[..(text.Length / 2)] : text;

    private static HashSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("RevOps.Core.Identity.CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }
}
