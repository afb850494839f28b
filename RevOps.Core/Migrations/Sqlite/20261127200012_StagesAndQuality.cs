using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StagesAndQuality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "FixedCurrency",
                table: "StageSettings",
                type: "TEXT",
                maxLength: 3,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FixedMinor",
                table: "StageSettings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsInStore",
                table: "StageSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsShared",
                table: "StageSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Value",
                table: "StageSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "PersonId",
                table: "PixelReports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MatchKeys",
                table: "Conversions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WholeMinor",
                table: "Conversions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BrowserEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Meta = table.Column<bool>(type: "INTEGER", nullable: false),
                    Google = table.Column<bool>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BrowserEvents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConversionAlerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversionAlerts", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PixelReports_PersonId",
                table: "PixelReports",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_BrowserEvents_EventId",
                table: "BrowserEvents",
                column: "EventId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ConversionAlerts_Mode_Kind_Platform",
                table: "ConversionAlerts",
                columns: new[] { "Mode", "Kind", "Platform" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BrowserEvents");

            migrationBuilder.DropTable(
                name: "ConversionAlerts");

            migrationBuilder.DropIndex(
                name: "IX_PixelReports_PersonId",
                table: "PixelReports");

            migrationBuilder.DropColumn(
                name: "FixedCurrency",
                table: "StageSettings");

            migrationBuilder.DropColumn(
                name: "FixedMinor",
                table: "StageSettings");

            migrationBuilder.DropColumn(
                name: "IsInStore",
                table: "StageSettings");

            migrationBuilder.DropColumn(
                name: "IsShared",
                table: "StageSettings");

            migrationBuilder.DropColumn(
                name: "Value",
                table: "StageSettings");

            migrationBuilder.DropColumn(
                name: "PersonId",
                table: "PixelReports");

            migrationBuilder.DropColumn(
                name: "MatchKeys",
                table: "Conversions");

            migrationBuilder.DropColumn(
                name: "WholeMinor",
                table: "Conversions");
        }
    }
}
