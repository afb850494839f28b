using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "bit",
                nullable: true);

            // The newest answer of the group; a browser that was parted by its refusal is heard from its next answer on.
            migrationBuilder.Sql("""
                UPDATE "People" SET "Measurement" = (
                    SELECT TOP 1 record."Measurement" FROM "Consents" AS record JOIN "People" AS member ON member."Id" = record."PersonId"
                    WHERE member."CanonicalId" = "People"."Id" AND record."Measurement" IS NOT NULL ORDER BY record."OccurredAt" DESC, record."Measurement")
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
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true,
                collation: "Latin1_General_100_BIN2");
        }
    }
}
