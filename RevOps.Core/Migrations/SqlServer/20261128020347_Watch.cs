using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "ControlShare",
                table: "LiftTests",
                type: "float",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TreatedConversions",
                table: "LiftTests",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSigned",
                table: "Events",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Topic",
                table: "Annotations",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "AlertRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Figure = table.Column<int>(type: "int", nullable: false),
                    IsAbove = table.Column<bool>(type: "bit", nullable: false),
                    Threshold = table.Column<double>(type: "float", nullable: false),
                    BackAt = table.Column<double>(type: "float", nullable: false),
                    Roles = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Figure = table.Column<int>(type: "int", nullable: false),
                    Platform = table.Column<int>(type: "int", nullable: true),
                    RuleId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OpenKey = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    IsAbove = table.Column<bool>(type: "bit", nullable: true),
                    Threshold = table.Column<double>(type: "float", nullable: true),
                    Roles = table.Column<int>(type: "int", nullable: false),
                    OpenedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    OpenedValue = table.Column<double>(type: "float", nullable: true),
                    Value = table.Column<double>(type: "float", nullable: true),
                    ValueAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Before = table.Column<double>(type: "float", nullable: true),
                    EndsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ClosedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    SnoozedUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    SnoozedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    SnoozeReason = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DigestLetters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Week = table.Column<DateOnly>(type: "date", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    MailId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DigestLetters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DigestReaders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Before = table.Column<double>(type: "float", nullable: true),
                    EndsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Now = table.Column<double>(type: "float", nullable: true),
                    Platform = table.Column<int>(type: "int", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
