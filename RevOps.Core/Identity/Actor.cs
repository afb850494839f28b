namespace RevOps.Core.Identity;

public enum ActorKind
{
    System,
    User,
    Key,
    Verb,
}

/// <param name="Text">As it is stored: "user:…", "key:…" or "system".</param>
/// <param name="Name">What to call a person or key; null when they are gone, and for the product itself.</param>
public sealed record Actor(string Text, string? Name)
{
    public ActorKind Kind => Text switch
    {
        ['u', 's', 'e', 'r', ':', ..] => ActorKind.User,
        ['k', 'e', 'y', ':', ..] => ActorKind.Key,
        "system:verb" => ActorKind.Verb,
        _ => ActorKind.System,
    };

    internal static Guid? IdOf(string actor) => Guid.TryParse(actor.AsSpan(actor.IndexOf(':', StringComparison.Ordinal) + 1), out var id) ? id : null;
}
