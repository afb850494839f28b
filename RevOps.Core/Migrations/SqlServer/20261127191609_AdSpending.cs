using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AdSpending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AdSpend_Platform_Account_Day_CampaignId",
                table: "AdSpend");

            migrationBuilder.AddColumn<string>(
                name: "AdId",
                table: "AdSpend",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "AdName",
                table: "AdSpend",
                type: "nvarchar(300)",
                maxLength: 300,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "AdsetId",
                table: "AdSpend",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "AdsetName",
                table: "AdSpend",
                type: "nvarchar(300)",
                maxLength: 300,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "Mode",
                table: "AdSpend",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Source",
                table: "AdSpend",
                type: "int",
                nullable: false,
                defaultValue: 0);

            // Spend from before was of whatever world the invoices are of.
            migrationBuilder.Sql("UPDATE AdSpend SET Mode = COALESCE((SELECT MAX(Mode) FROM Invoices), 2)");

            migrationBuilder.CreateTable(
                name: "AdAccounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Platform = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Account = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TimeZone = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    HistoryFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    ConnectedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdAccounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SpendUploads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(260)", maxLength: 260, nullable: false, collation: "Latin1_General_100_BIN2"),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Rows = table.Column<int>(type: "int", nullable: false),
                    Aside = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpendUploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AccountTotals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AccountId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Month = table.Column<DateOnly>(type: "date", nullable: false),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CostMinor = table.Column<long>(type: "bigint", nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountTotals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccountTotals_AdAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AdAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SpendReadings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AccountId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    TriedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Code = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Message = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Rows = table.Column<int>(type: "int", nullable: false),
                    Added = table.Column<int>(type: "int", nullable: false),
                    Changed = table.Column<int>(type: "int", nullable: false),
                    Removed = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpendReadings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SpendReadings_AdAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AdAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AdSpend_Day_Mode_Currency",
                table: "AdSpend",
                columns: new[] { "Day", "Mode", "Currency" });

            migrationBuilder.CreateIndex(
                name: "IX_AdSpend_Platform_Account_Day_CampaignId_AdsetId_AdId_Mode",
                table: "AdSpend",
                columns: new[] { "Platform", "Account", "Day", "CampaignId", "AdsetId", "AdId", "Mode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AccountTotals_AccountId_Month",
                table: "AccountTotals",
                columns: new[] { "AccountId", "Month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AdAccounts_Platform_Account_Mode",
                table: "AdAccounts",
                columns: new[] { "Platform", "Account", "Mode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SpendReadings_AccountId_Kind_From_AskedAt",
                table: "SpendReadings",
                columns: new[] { "AccountId", "Kind", "From", "AskedAt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SpendReadings_AskedAt",
                table: "SpendReadings",
                column: "AskedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountTotals");

            migrationBuilder.DropTable(
                name: "SpendReadings");

            migrationBuilder.DropTable(
                name: "SpendUploads");

            migrationBuilder.DropTable(
                name: "AdAccounts");

            migrationBuilder.DropIndex(
                name: "IX_AdSpend_Day_Mode_Currency",
                table: "AdSpend");

            migrationBuilder.DropIndex(
                name: "IX_AdSpend_Platform_Account_Day_CampaignId_AdsetId_AdId_Mode",
                table: "AdSpend");

            migrationBuilder.DropColumn(
                name: "AdId",
                table: "AdSpend");

            migrationBuilder.DropColumn(
                name: "AdName",
                table: "AdSpend");

            migrationBuilder.DropColumn(
                name: "AdsetId",
                table: "AdSpend");

            migrationBuilder.DropColumn(
                name: "AdsetName",
                table: "AdSpend");

            migrationBuilder.DropColumn(
                name: "Mode",
                table: "AdSpend");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "AdSpend");

            migrationBuilder.CreateIndex(
                name: "IX_AdSpend_Platform_Account_Day_CampaignId",
                table: "AdSpend",
                columns: new[] { "Platform", "Account", "Day", "CampaignId" },
                unique: true);
        }
    }
}
