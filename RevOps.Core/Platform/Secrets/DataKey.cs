using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Secrets;

/// <summary>
/// The key under which one owner's values are sealed: a person's, or the company's own. Erasing a person empties this row, and every
/// value sealed under it, wherever it lies, can never be read again; rows and hashes stay as they were.
/// </summary>
public sealed class DataKey
{
    /// <summary>Owner of what the law makes us keep and of what names no person.</summary>
    public static readonly Guid Company = new("00000000-0000-7000-8000-000000000001");

    private DataKey() { }

    /// <summary>A person's id, or <see cref="Company"/>.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>The key, sealed under a master key; null once erased.</summary>
    public byte[]? Wrapped { get; private set; }

    public int MasterVersion { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ErasedAt { get; private set; }

    public static (DataKey Row, byte[] Key) Create(Guid owner, KeyFile keyFile)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var row = new DataKey
        {
            OwnerId = owner,
            Wrapped = keyFile.Wrap(owner, key),
            MasterVersion = keyFile.CurrentVersion,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        return (row, key);
    }

    public void Erase(DateTimeOffset now) => (Wrapped, ErasedAt) = (null, now);

    internal sealed class Mapping : IEntityTypeConfiguration<DataKey>
    {
        public void Configure(EntityTypeBuilder<DataKey> builder)
        {
            builder.ToTable("DataKeys").HasKey(key => key.OwnerId);
            builder.Property(key => key.Wrapped).HasMaxLength(100);
        }
    }
}
