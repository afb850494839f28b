using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "AdName",
                table: "AdSpend",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AdsetId",
                table: "AdSpend",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "AdsetName",
                table: "AdSpend",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Mode",
                table: "AdSpend",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Source",
                table: "AdSpend",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // Spend from before was of whatever world the invoices are of.
            migrationBuilder.Sql("UPDATE AdSpend SET Mode = COALESCE((SELECT MAX(Mode) FROM Invoices), 2)");

            migrationBuilder.CreateTable(
                name: "AdAccounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Platform = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Account = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    HistoryFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ConnectedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdAccounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SpendUploads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 260, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Aside = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpendUploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AccountTotals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    CostMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    TriedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Message = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    Removed = table.Column<int>(type: "INTEGER", nullable: false)
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
