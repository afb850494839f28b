using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PayoutParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "FailureCode",
                table: "Payouts",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAutomatic",
                table: "Payouts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PartsMinor",
                table: "Payouts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PartsReadAt",
                table: "Payouts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_SourceId",
                table: "PayoutParts",
                column: "SourceId");

            // What was paid out before parts were read is read once.
            migrationBuilder.Sql("INSERT INTO Outbox (Id, Job, \"Key\", Argument, State, NotBefore, RecordedAt, Attempts, Held) SELECT '01980000-0000-7000-8000-0000000000D2', 'SweepPayouts', 'once', 'all', 0, 0, 0, 0, 0 WHERE EXISTS (SELECT 1 FROM Payouts)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PayoutParts_SourceId",
                table: "PayoutParts");

            migrationBuilder.DropColumn(
                name: "FailureCode",
                table: "Payouts");

            migrationBuilder.DropColumn(
                name: "IsAutomatic",
                table: "Payouts");

            migrationBuilder.DropColumn(
                name: "PartsMinor",
                table: "Payouts");

            migrationBuilder.DropColumn(
                name: "PartsReadAt",
                table: "Payouts");
        }
    }
}
