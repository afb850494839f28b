using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Measurement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "VisitorId",
                table: "Bookings");

            migrationBuilder.AddColumn<bool>(
                name: "Measurement",
                table: "People",
                type: "INTEGER",
                nullable: true);

            // The newest answer of the group; a browser that was parted by its refusal is heard from its next answer on.
            migrationBuilder.Sql("""
                UPDATE "People" SET "Measurement" = (
                    SELECT record."Measurement" FROM "Consents" AS record JOIN "People" AS member ON member."Id" = record."PersonId"
                    WHERE member."CanonicalId" = "People"."Id" AND record."Measurement" IS NOT NULL ORDER BY record."OccurredAt" DESC, record."Measurement" LIMIT 1)
                WHERE "CanonicalId" = "Id"
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Measurement",
                table: "People");

            migrationBuilder.AddColumn<string>(
                name: "VisitorId",
                table: "Bookings",
                type: "TEXT",
                maxLength: 200,
                nullable: true);
        }
    }
}
