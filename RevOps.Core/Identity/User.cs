using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Identity;

/// <summary>Somebody who signs in.</summary>
public sealed class User : IdentityUser<Guid>
{
    public User() => (Id, CreatedAt) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());

    /// <summary>Chosen while signed in, "en" or "fr"; mails are written in it. Null: never chosen.</summary>
    public string? Language { get; set; }

    /// <summary>"light", "dark" or "system", chosen while signed in. Null: never chosen.</summary>
    public string? Theme { get; set; }

    /// <summary>Null for those who were there before it was written down.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>
    /// The administrator who was shown a link that opens this account, and so could be the person behind it. Until its owner has set a
    /// password by a link that only their mailbox got, the two count as one when money is concerned (see <see cref="UserDesk"/>).
    /// </summary>
    public Guid? OpenableBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> builder)
        {
            builder.Property(user => user.Language).HasMaxLength(10);
            builder.Property(user => user.Theme).HasMaxLength(10);
        }
    }
}

public sealed class Role : IdentityRole<Guid>
{
    public Role() => Id = Guid.CreateVersion7();
}
