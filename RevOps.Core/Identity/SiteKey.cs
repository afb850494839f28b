using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Identity;

/// <summary>
/// The public key of a website whose visitors' browsers speak to us. It stands in the page for everybody to read; what binds it is the
/// list of origins that may use it.
/// </summary>
public sealed class SiteKey
{
    private const string Prefix = "pk_";

    private SiteKey() { }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string PublicKey { get; private set; } = "";

    /// <summary>Normalised by <see cref="SiteOrigin"/>, separated by spaces.</summary>
    public string Origins { get; private set; } = "";

    public bool IsEnabled { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public string CreatedBy { get; private set; } = "";
    public int Version { get; private set; }

    public IReadOnlyList<string> OriginList => Origins.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static SiteKey Create(string name, IEnumerable<string> origins, string actor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        PublicKey = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        Origins = Join(origins),
        IsEnabled = true,
        CreatedAt = now,
        CreatedBy = actor,
    };

    public void Change(string name, IEnumerable<string> origins, bool isEnabled) => (Name, Origins, IsEnabled) = (name, Join(origins), isEnabled);

    /// <param name="origin">As the browser's Origin header says it.</param>
    public bool Admits(string origin) => IsEnabled && OriginList.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static string Join(IEnumerable<string> origins) => string.Join(' ', origins.Distinct(StringComparer.Ordinal));

    internal sealed class Mapping : IEntityTypeConfiguration<SiteKey>
    {
        public void Configure(EntityTypeBuilder<SiteKey> builder)
        {
            builder.ToTable("SiteKeys").HasKey(key => key.Id);
            builder.Ignore(key => key.OriginList);
            builder.Property(key => key.Name).HasMaxLength(100);
            builder.Property(key => key.PublicKey).HasMaxLength(40);
            builder.Property(key => key.Origins).HasMaxLength(4_000);
            builder.Property(key => key.CreatedBy).HasMaxLength(100);
            builder.Property(key => key.Version).IsConcurrencyToken();
            builder.HasIndex(key => key.PublicKey).IsUnique();
        }
    }
}

/// <summary>An origin as browsers send it: "https://www.example.com", with a port only where it is not the usual one.</summary>
public static class SiteOrigin
{
    private const int Longest = 300;

    /// <summary>The origin in the browser's writing.</summary>
    /// <param name="problem">Otherwise what is wrong: a code that the page puts into words.</param>
    public static string? Read(string text, out string? problem)
    {
        var given = text.Trim();
        if (given.Length > Longest || !Uri.TryCreate(given, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Scheme is not ("http" or "https") || given.Contains('*', StringComparison.Ordinal))
            return Wrong("origin", out problem);
        if (uri.UserInfo.Length > 0 || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0 || given.EndsWith('?') || given.EndsWith('#'))
            return Wrong("origin.path", out problem);
        if (uri.Scheme == "http" && !uri.IsLoopback)
            return Wrong("origin.http", out problem);

        problem = null;
        return $"{uri.Scheme}://{(uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost)}{(uri.IsDefaultPort ? "" : ":" + uri.Port)}".ToLowerInvariant();
    }

    private static string? Wrong(string code, out string? problem)
    {
        problem = code;
        return null;
    }
}
