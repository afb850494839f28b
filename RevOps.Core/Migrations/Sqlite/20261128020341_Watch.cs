using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Watch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConversionAlerts");

            migrationBuilder.AddColumn<long>(
                name: "ControlConversions",
                table: "LiftTests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "ControlShare",
                table: "LiftTests",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TreatedConversions",
                table: "LiftTests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSigned",
                table: "Events",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Topic",
                table: "Annotations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "AlertRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Figure = table.Column<int>(type: "INTEGER", nullable: false),
                    IsAbove = table.Column<bool>(type: "INTEGER", nullable: false),
                    Threshold = table.Column<double>(type: "REAL", nullable: false),
                    BackAt = table.Column<double>(type: "REAL", nullable: false),
                    Roles = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Figure = table.Column<int>(type: "INTEGER", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: true),
                    RuleId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OpenKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    IsAbove = table.Column<bool>(type: "INTEGER", nullable: true),
                    Threshold = table.Column<double>(type: "REAL", nullable: true),
                    Roles = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedValue = table.Column<double>(type: "REAL", nullable: true),
                    Value = table.Column<double>(type: "REAL", nullable: true),
                    ValueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Before = table.Column<double>(type: "REAL", nullable: true),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SnoozedUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SnoozedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    SnoozeReason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DigestLetters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Week = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MailId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DigestLetters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DigestReaders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DigestReaders", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Mode_ClosedAt",
                table: "Alerts",
                columns: new[] { "Mode", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Mode_OpenKey",
                table: "Alerts",
                columns: new[] { "Mode", "OpenKey" },
                unique: true,
                filter: "\"OpenKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DigestLetters_Week_UserId",
                table: "DigestLetters",
                columns: new[] { "Week", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DigestReaders_UserId",
                table: "DigestReaders",
                column: "UserId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AlertRules");

            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropTable(
                name: "DigestLetters");

            migrationBuilder.DropTable(
                name: "DigestReaders");

            migrationBuilder.DropColumn(
                name: "ControlConversions",
                table: "LiftTests");

            migrationBuilder.DropColumn(
                name: "ControlShare",
                table: "LiftTests");

            migrationBuilder.DropColumn(
                name: "TreatedConversions",
                table: "LiftTests");

            migrationBuilder.DropColumn(
                name: "IsSigned",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "Topic",
                table: "Annotations");

            migrationBuilder.CreateTable(
                name: "ConversionAlerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Before = table.Column<double>(type: "REAL", nullable: true),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Now = table.Column<double>(type: "REAL", nullable: true),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversionAlerts", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ConversionAlerts_Mode_Kind_Platform",
                table: "ConversionAlerts",
                columns: new[] { "Mode", "Kind", "Platform" },
                unique: true);
        }
    }
}
