using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "nvarchar(3)",
                maxLength: 3,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<long>(
                name: "FixedMinor",
                table: "StageSettings",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsInStore",
                table: "StageSettings",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsShared",
                table: "StageSettings",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Value",
                table: "StageSettings",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "PersonId",
                table: "PixelReports",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MatchKeys",
                table: "Conversions",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WholeMinor",
                table: "Conversions",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BrowserEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    EventId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Meta = table.Column<bool>(type: "bit", nullable: false),
                    Google = table.Column<bool>(type: "bit", nullable: false),
                    SeenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BrowserEvents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConversionAlerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Platform = table.Column<int>(type: "int", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
