using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class JoinFaster : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Touches_Channel_OccurredAt",
                table: "Touches");

            migrationBuilder.DropIndex(
                name: "IX_Touches_Channel_PersonId",
                table: "Touches");

            migrationBuilder.DropIndex(
                name: "IX_IdentityKeys_PersonId",
                table: "IdentityKeys");

            migrationBuilder.DropIndex(
                name: "IX_IdentityKeys_Standing_Decision_QuestionedAt",
                table: "IdentityKeys");

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

            migrationBuilder.CreateIndex(
                name: "IX_Touches_Channel_OccurredAt_PersonId",
                table: "Touches",
                columns: new[] { "Channel", "OccurredAt", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_DecidedAt",
                table: "IdentityKeys",
                column: "DecidedAt",
                filter: "\"Decision\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_Decision_QuestionedAt",
                table: "IdentityKeys",
                columns: new[] { "Decision", "QuestionedAt" },
                filter: "\"Standing\" <> 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Touches_Channel_OccurredAt_PersonId",
                table: "Touches");

            migrationBuilder.DropIndex(
                name: "IX_IdentityKeys_DecidedAt",
                table: "IdentityKeys");

            migrationBuilder.DropIndex(
                name: "IX_IdentityKeys_Decision_QuestionedAt",
                table: "IdentityKeys");

            migrationBuilder.DropColumn(
                name: "Measurement",
                table: "People");

            migrationBuilder.AddColumn<string>(
                name: "VisitorId",
                table: "Bookings",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Touches_Channel_OccurredAt",
                table: "Touches",
                columns: new[] { "Channel", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Touches_Channel_PersonId",
                table: "Touches",
                columns: new[] { "Channel", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_PersonId",
                table: "IdentityKeys",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_Standing_Decision_QuestionedAt",
                table: "IdentityKeys",
                columns: new[] { "Standing", "Decision", "QuestionedAt" });
        }
    }
}
