using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Identity;

public static class IdentityFeature
{
    /// <summary>Users, roles, sign-ins and API keys over the one database; the cookie is the web's affair.</summary>
    public static IServiceCollection AddIdentityData(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<SiteKeys>().AddSingleton<ActorNames>().AddSingleton<AuditQueries>();
        services.AddSingleton<Sessions>().AddSingleton<UserQueries>().AddSingleton<Letters>();
        services.AddSingleton(provider => TwoFactorRule.From(provider.GetRequiredService<IConfiguration>()));
        services.AddScoped<SignInLinks>().AddScoped<UserDesk>().AddScoped<AccountDesk>();
        services.AddOutboxJob<ForgetSessions>();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = SignInLinks.ResetLasts);
        services.AddIdentityCore<User>(options =>
            {
                options.User.RequireUniqueEmail = true;

                // The name is the address, and addresses may hold what Identity would not allow in a name.
                options.User.AllowedUserNameCharacters = "";

                // Length over rules (NIST SP 800-63B): composition rules make people predictable.
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 8;
                options.Stores.SchemaVersion = IdentitySchema.Version;
            })
            .AddRoles<Role>()
            .AddEntityFrameworkStores<RevOpsDb>()
            .AddUserStore<SealedTokenStore>()
            .AddPasswordValidator<CommonPasswords>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<InvitationTokens>(InvitationTokens.Name);
        return services;
    }
}
