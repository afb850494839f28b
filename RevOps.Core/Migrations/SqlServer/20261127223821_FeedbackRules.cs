using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "int",
                nullable: false,
                defaultValue: 13);

            migrationBuilder.AddColumn<int>(
                name: "BrowserReportsMonths",
                table: "RetentionRules",
                type: "int",
                nullable: false,
                defaultValue: 13);

            migrationBuilder.AddColumn<int>(
                name: "SpendFilesMonths",
                table: "RetentionRules",
                type: "int",
                nullable: false,
                defaultValue: 36);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ClicksReadTo",
                table: "AdAccounts",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConsentRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ValidFrom = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EnteredBy = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    HoldsMissing = table.Column<bool>(type: "bit", nullable: false),
                    LimitsRefused = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentRules", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "ConsentRules",
                columns: new[] { "Id", "EnteredBy", "HoldsMissing", "LimitsRefused", "ValidFrom" },
                values: new object[] { new Guid("00000000-0000-7000-8000-000000000006"), null, false, false, new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) });

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
