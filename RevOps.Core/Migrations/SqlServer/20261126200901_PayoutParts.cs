using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<bool>(
                name: "IsAutomatic",
                table: "Payouts",
                type: "bit",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PartsMinor",
                table: "Payouts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PartsReadAt",
                table: "Payouts",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_SourceId",
                table: "PayoutParts",
                column: "SourceId");

            // What was paid out before parts were read is read once.
            migrationBuilder.Sql("INSERT INTO Outbox (Id, Job, [Key], Argument, State, NotBefore, RecordedAt, Attempts, Held) SELECT '01980000-0000-7000-8000-0000000000D2', 'SweepPayouts', 'once', 'all', 0, '0001-01-01T00:00:00+00:00', '0001-01-01T00:00:00+00:00', 0, 0 WHERE EXISTS (SELECT 1 FROM Payouts)");
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
