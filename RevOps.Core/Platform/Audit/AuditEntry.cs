using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Audit;

/// <summary>
/// Who did what, when, and what it was before and after. Append-only, each row chained to the one before by a hash over the stored
/// bytes: ciphertext included, so that erasing a person breaks no link.
/// </summary>
public sealed class AuditEntry
{
    public required Guid Id { get; init; }

    /// <summary>Position in the chain from 1 on, without gaps; given when saved.</summary>
    public long Sequence { get; private set; }

    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>"user:…", "key:…" or "system".</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, such as "invoice.approved".</summary>
    public required string Action { get; init; }

    public required string SubjectType { get; init; }
    public required string SubjectId { get; init; }

    /// <summary>Under whose key <see cref="SealedChange"/> is sealed.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>JSON {before, after, reason?}.</summary>
    public required byte[] SealedChange { get; init; }

    public byte[] PreviousHash { get; private set; } = [];
    public byte[] Hash { get; private set; } = [];

    /// <summary>Ties the row to the one before; called once, when it is saved.</summary>
    internal void Chain(long sequence, byte[] previousHash)
    {
        (Sequence, PreviousHash) = (sequence, previousHash);
        Hash = ComputeHash();
    }

    /// <summary>The hash that this row's content and its predecessor's hash give: SHA-256 over length-prefixed fields.</summary>
    public byte[] ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var value in new[] { Sequence, OccurredAt.UtcTicks, RecordedAt.UtcTicks })
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            hash.AppendData(number);
        }

        foreach (var part in new[] { Encoding.UTF8.GetBytes(Actor), Encoding.UTF8.GetBytes(Action), Encoding.UTF8.GetBytes(SubjectType), Encoding.UTF8.GetBytes(SubjectId), OwnerId.ToByteArray(), SealedChange, PreviousHash })
        {
            BinaryPrimitives.WriteInt64BigEndian(number, part.Length);
            hash.AppendData(number);
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("Audit").HasKey(entry => entry.Id);
            builder.Property(entry => entry.Actor).HasMaxLength(100);
            builder.Property(entry => entry.Action).HasMaxLength(100);
            builder.Property(entry => entry.SubjectType).HasMaxLength(100);
            builder.Property(entry => entry.SubjectId).HasMaxLength(100);
            builder.Property(entry => entry.PreviousHash).HasMaxLength(32);
            builder.Property(entry => entry.Hash).HasMaxLength(32);

            // Two nodes that append at once cannot take the same place: one of them fails and tries again.
            builder.HasIndex(entry => entry.Sequence).IsUnique();
            builder.HasIndex(entry => new { entry.SubjectType, entry.SubjectId });

            // What the Audit page filters by, newest first.
            builder.HasIndex(entry => new { entry.Action, entry.Sequence });
            builder.HasIndex(entry => new { entry.Actor, entry.Sequence });
            builder.HasIndex(entry => entry.OccurredAt);
        }
    }
}
