using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Identity;

/// <summary>How somebody came in.</summary>
public enum SignInMethod
{
    Password = 0,

    /// <summary>Password, then a code of the authenticator app.</summary>
    AuthenticatorCode = 1,

    /// <summary>Password, then one of the codes that were written down.</summary>
    RecoveryCode = 2,

    /// <summary>A passkey that verified its user: what they have, and what they are or know.</summary>
    Passkey = 3,

    /// <summary>An invitation, or the set-up link of the first start.</summary>
    Link = 4,

    /// <summary>One click in a demo.</summary>
    Demo = 5,
}

/// <summary>
/// One sign-in on one browser; the cookie carries its id and is worth nothing once this row has ended. Address and user agent are
/// personal and are not kept: two words say enough to recognise one's own.
/// </summary>
public sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When it ends by itself unless it is used again.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>"Stay signed in on this device".</summary>
    public required bool IsKept { get; init; }

    public required SignInMethod Method { get; set; }

    /// <summary>Two factors, or a demo user, behind whom there is nothing to protect.</summary>
    public required bool IsStrong { get; set; }

    /// <summary>"Chrome"; null where it is none that we know.</summary>
    public string? Browser { get; init; }

    /// <summary>"Windows"; null where it is none that we know.</summary>
    public string? System { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("Sessions").HasKey(session => session.Id);
            builder.Property(session => session.Browser).HasMaxLength(40);
            builder.Property(session => session.System).HasMaxLength(40);
            builder.HasOne<User>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(session => session.ExpiresAt);
        }
    }
}
