using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class IdentityRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Not in the migration before: SQLite rebuilds its tables at the end of it.
            // Rows of before: a key that joined nobody is shared, what a person said last is theirs, and what was joined stays joined.
            migrationBuilder.Sql("UPDATE IdentityKeys SET Standing = 2 WHERE Standing = 1");
            migrationBuilder.Sql("UPDATE People SET OwnSeenAt = LastSeenAt, OwnCountry = Country, OwnCountryAt = CASE WHEN Country IS NULL THEN NULL ELSE COALESCE(OwnCountryAt, LastSeenAt) END");
            migrationBuilder.Sql("INSERT INTO PersonKeys (PersonId, KeyId, FirstSeenAt) SELECT PersonId, Id, FirstSeenAt FROM IdentityKeys");
            migrationBuilder.Sql("INSERT INTO SamePeople (Id, PersonId, OtherId, LinkedAt) SELECT Id, PersonId, CanonicalId, RecordedAt FROM PersonAliases");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
