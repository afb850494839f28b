using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Collector : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Touches_OccurredAt",
                table: "Touches");

            migrationBuilder.AddColumn<bool>(
                name: "CapsCookies",
                table: "Touches",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ServerCookie",
                table: "Touches",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CollectorCounts",
                columns: table => new
                {
                    SiteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Fact = table.Column<int>(type: "INTEGER", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CollectorCounts", x => new { x.SiteId, x.Day, x.Fact, x.Detail });
                });

            migrationBuilder.CreateTable(
                name: "PixelReports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SiteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TouchEventId = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Meta = table.Column<bool>(type: "INTEGER", nullable: true),
                    Google = table.Column<bool>(type: "INTEGER", nullable: true),
                    EventIds = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PixelReports", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Touches_OccurredAt_CapsCookies_ServerCookie",
                table: "Touches",
                columns: new[] { "OccurredAt", "CapsCookies", "ServerCookie" });

            migrationBuilder.CreateIndex(
                name: "IX_PixelReports_SiteId_OccurredAt",
                table: "PixelReports",
                columns: new[] { "SiteId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PixelReports_SiteId_TouchEventId",
                table: "PixelReports",
                columns: new[] { "SiteId", "TouchEventId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CollectorCounts");

            migrationBuilder.DropTable(
                name: "PixelReports");

            migrationBuilder.DropIndex(
                name: "IX_Touches_OccurredAt_CapsCookies_ServerCookie",
                table: "Touches");

            migrationBuilder.DropColumn(
                name: "CapsCookies",
                table: "Touches");

            migrationBuilder.DropColumn(
                name: "ServerCookie",
                table: "Touches");

            migrationBuilder.CreateIndex(
                name: "IX_Touches_OccurredAt",
                table: "Touches",
                column: "OccurredAt");
        }
    }
}
