using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace RevOps.Core.Data;

/// <summary>
/// Which of Identity's schemas we use. Identity takes it from the application's services, which design time has none of; where the two
/// differ, Migrate refuses to start.
/// </summary>
public static class IdentitySchema
{
    /// <summary>With passkeys.</summary>
    public static readonly Version Version = IdentitySchemaVersions.Version3;

    /// <summary>For contexts that are made outside the host.</summary>
    public static IServiceProvider Services { get; } =
        new ServiceCollection().Configure<IdentityOptions>(options => options.Stores.SchemaVersion = Version).BuildServiceProvider();
}
