using Microsoft.EntityFrameworkCore;
using RevOps.Core.Ingestion.Persons;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Conventions;

/// <summary>Who asks what is held of them is given all of it: a new table that names a person says where it stands in that, or why not.</summary>
public sealed class PersonTableTests
{
    // Of people who work here, in tables that identify their users.
    private static readonly string[] Ours = ["User", "Role", "Session", "ApiKey", "IdentityUserRole`1", "IdentityUserClaim`1", "IdentityUserLogin`1", "IdentityUserToken`1", "IdentityUserPasskey`1", "IdentityRoleClaim`1"];

    [Fact]
    public async Task EveryTableThatNamesAPersonOrIsSealed_IsGivenOrLeftOutForAReason()
    {
        await using var host = new RevOpsHost();
        await using var db = await host.OpenDatabaseAsync();
        var naming = db.Model.GetEntityTypes().Where(type => type.GetProperties().Any(property => IsPersonal(property.Name))).Select(type => type.ClrType).Append(typeof(Core.People.Person))
            .Where(type => !Ours.Contains(type.Name, StringComparer.Ordinal)).Select(type => type.Name).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(naming, PersonTables.Given.Keys.Concat(PersonTables.LeftOut.Keys).Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(PersonTables.LeftOut.Values, Assert.NotEmpty);
    }

    private static bool IsPersonal(string column) => column.EndsWith("PersonId", StringComparison.Ordinal) || column.EndsWith("OwnerId", StringComparison.Ordinal) || column.StartsWith("Sealed", StringComparison.Ordinal);
}
