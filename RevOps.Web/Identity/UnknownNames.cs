using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace RevOps.Web.Identity;

/// <summary>
/// Wrong tries for names that nobody can sign in with, counted as Identity counts those of an account: a lock-out would tell who has one.
/// In memory and only so many; by hash, because a name is a person's, and of any length.
/// </summary>
public sealed class UnknownNames(IOptions<IdentityOptions> options)
{
    private const int Most = 10_000;

    private readonly Lock turn = new();
    private readonly OrderedDictionary<string, Tries> seen = new(StringComparer.Ordinal);

    /// <summary>When the lock-out of the name ends; null while there is none.</summary>
    public DateTimeOffset? LockedUntil(string? name)
    {
        lock (turn)
            return Find(HashOf(name)).Until is { } until && until > TimeProvider.System.GetUtcNow() ? until : null;
    }

    /// <summary>One more wrong try; when the lock-out that it brought ends, or null.</summary>
    public DateTimeOffset? Count(string? name)
    {
        var (hash, rules) = (HashOf(name), options.Value.Lockout);
        lock (turn)
        {
            var wrong = Find(hash).Wrong + 1;
            var tries = wrong < rules.MaxFailedAccessAttempts ? new Tries(wrong, null) : new Tries(0, TimeProvider.System.GetUtcNow() + rules.DefaultLockoutTimeSpan);

            // The last one tried stands last, so that what is forgotten first was not tried for longest.
            seen.Remove(hash);
            seen.Add(hash, tries);
            if (seen.Count > Most)
                seen.RemoveAt(0);
            return tries.Until;
        }
    }

    private Tries Find(string hash) => seen.GetValueOrDefault(hash) ?? new(0, null);

    private static string HashOf(string? name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name ?? "")));

    private sealed record Tries(int Wrong, DateTimeOffset? Until);
}
