using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FeedbackRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AdRequestsMonths",
                table: "RetentionRules",
                type: "INTEGER",
                nullable: false,
                defaultValue: 13);

            migrationBuilder.AddColumn<int>(
                name: "BrowserReportsMonths",
                table: "RetentionRules",
                type: "INTEGER",
                nullable: false,
                defaultValue: 13);

            migrationBuilder.AddColumn<int>(
                name: "SpendFilesMonths",
                table: "RetentionRules",
                type: "INTEGER",
                nullable: false,
                defaultValue: 36);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ClicksReadTo",
                table: "AdAccounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConsentRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    HoldsMissing = table.Column<bool>(type: "INTEGER", nullable: false),
                    LimitsRefused = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentRules", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "ConsentRules",
                columns: new[] { "Id", "EnteredBy", "HoldsMissing", "LimitsRefused", "ValidFrom" },
                values: new object[] { new Guid("00000000-0000-7000-8000-000000000006"), null, false, false, 621355968000000000L });

            migrationBuilder.UpdateData(
                table: "RetentionRules",
                keyColumn: "Id",
                keyValue: new Guid("00000000-0000-7000-8000-000000000003"),
                columns: new[] { "AdRequestsMonths", "BrowserReportsMonths", "SpendFilesMonths" },
                values: new object[] { 13, 13, 36 });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRules_ValidFrom",
                table: "ConsentRules",
                column: "ValidFrom",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsentRules");

            migrationBuilder.DropColumn(
                name: "AdRequestsMonths",
                table: "RetentionRules");

            migrationBuilder.DropColumn(
                name: "BrowserReportsMonths",
                table: "RetentionRules");

            migrationBuilder.DropColumn(
                name: "SpendFilesMonths",
                table: "RetentionRules");

            migrationBuilder.DropColumn(
                name: "ClicksReadTo",
                table: "AdAccounts");
        }
    }
}
