namespace RevOps.Core.People;

/// <summary>One sight of somebody: all that an event says of who it was.</summary>
public sealed record Sighting(DateTimeOffset OccurredAt)
{
    public Contact? Contact { get; init; }
    public string? VisitorId { get; init; }
    public ClickIds? ClickIds { get; init; }

    /// <summary>ISO 3166-1 alpha-2 with which a national phone number is read.</summary>
    public string DefaultCountry { get; init; } = "FR";

    /// <summary>It lies with the visitor alone, whatever else is said: it may be joined to a person only where measurement is allowed.</summary>
    public bool IsTouch { get; init; }
}

/// <summary>Who it was.</summary>
/// <param name="Person">The member that the fact lies under.</param>
/// <param name="Moved">Members who are in another group now, or whose country was learnt: what consent allows, and what payments owe to touches, may be another answer.</param>
public readonly record struct Resolution(Person Person, IReadOnlyCollection<Guid> Moved);

/// <summary>A hash that compares by its bytes.</summary>
public sealed class KeyHash(byte[] bytes) : IEquatable<KeyHash>
{
    public static readonly IComparer<byte[]> BytesInOrder = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    /// <summary>Any order will do that depends on nothing else.</summary>
    public static readonly IComparer<KeyHash> ByBytes = Comparer<KeyHash>.Create((one, other) => BytesInOrder.Compare(one.Bytes, other.Bytes));

    public byte[] Bytes { get; } = bytes;

    public bool Equals(KeyHash? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => Equals(obj as KeyHash);

    public override int GetHashCode() => BitConverter.ToInt32(Bytes, 0);
}
