using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Identity;

/// <summary>A key by which another system speaks to ours. Only its hash is stored: the text is shown once, when it is made.</summary>
public sealed class ApiKey
{
    public const string EventsWrite = "events:write";
    public const string MetricsRead = "metrics:read";
    public const string PricesRead = "prices:read";
    public static readonly IReadOnlyList<string> AllScopes = [EventsWrite, MetricsRead, PricesRead];

    private const string Prefix = "rk_";

    private ApiKey() { }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the whole text. A key has 256 random bits, so a slow hash would add nothing.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>The last four characters, to tell keys apart on the page.</summary>
    public string Ending { get; private set; } = "";

    /// <summary>Space-separated.</summary>
    public string Scopes { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>"user:…" or the verb; null for keys from before that was noted.</summary>
    public string? CreatedBy { get; private set; }

    /// <summary>To the minute; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A new key and its text, which nobody can read again later.</summary>
    /// <exception cref="ArgumentException">No scope, or one that does not exist.</exception>
    public static (ApiKey Key, string Text) Create(string name, IReadOnlyCollection<string> scopes, string actor, DateTimeOffset now)
    {
        if (scopes.Count == 0 || scopes.FirstOrDefault(scope => !AllScopes.Contains(scope)) is not null)
            throw new ArgumentException($"Scopes are one or more of {string.Join(", ", AllScopes)}.", nameof(scopes));

        var text = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Hash = HashOf(text),
            Ending = text[^4..],
            Scopes = string.Join(' ', scopes.Distinct(StringComparer.Ordinal)),
            CreatedAt = now,
            CreatedBy = actor,
        };
        return (key, text);
    }

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    internal sealed class Mapping : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> builder)
        {
            builder.ToTable("ApiKeys").HasKey(key => key.Id);
            builder.Ignore(key => key.ScopeList);
            builder.Property(key => key.Name).HasMaxLength(100);
            builder.Property(key => key.Hash).HasMaxLength(32);
            builder.Property(key => key.Ending).HasMaxLength(4);
            builder.Property(key => key.Scopes).HasMaxLength(200);
            builder.Property(key => key.CreatedBy).HasMaxLength(100);
            builder.HasIndex(key => key.Hash).IsUnique();
        }
    }
}
