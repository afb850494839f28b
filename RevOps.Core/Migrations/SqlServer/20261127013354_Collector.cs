using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "bit",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ServerCookie",
                table: "Touches",
                type: "bit",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CollectorCounts",
                columns: table => new
                {
                    SiteId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Fact = table.Column<int>(type: "int", nullable: false),
                    Detail = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Count = table.Column<long>(type: "bigint", nullable: false),
                    LastAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CollectorCounts", x => new { x.SiteId, x.Day, x.Fact, x.Detail });
                });

            migrationBuilder.CreateTable(
                name: "PixelReports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SiteId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TouchEventId = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Meta = table.Column<bool>(type: "bit", nullable: true),
                    Google = table.Column<bool>(type: "bit", nullable: true),
                    EventIds = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2")
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
