using Microsoft.EntityFrameworkCore.Migrations;
using System;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FeedbackLoop : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DueAt",
                table: "Conversions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConversionBatches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Envelope = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HttpStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Message = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    RequestId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", nullable: true),
                    ResultAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Result = table.Column<string>(type: "TEXT", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversionBatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConversionParts",
                columns: table => new
                {
                    BatchId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    ConversionId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversionParts", x => new { x.BatchId, x.Position });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_Platform_DueAt_Id",
                table: "Conversions",
                columns: new[] { "Platform", "DueAt", "Id" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_TransactionId",
                table: "Conversions",
                column: "TransactionId");

            migrationBuilder.CreateIndex(
                name: "IX_ConversionBatches_Platform_SentAt",
                table: "ConversionBatches",
                columns: new[] { "Platform", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversionParts_ConversionId",
                table: "ConversionParts",
                column: "ConversionId");

            // What was on its way goes on it: the conversions themselves are the queue now, and one row per platform asks for them.
            migrationBuilder.Sql("""UPDATE "Conversions" SET "DueAt" = "RecordedAt" WHERE "Status" = 0;""");
            migrationBuilder.Sql("""UPDATE "Outbox" SET "State" = 2, "EndedAt" = "NotBefore" WHERE "Job" = 'SendConversion' AND "State" IN (0, 1);""");
            foreach (var (platform, name, id) in new[] { (0, "Meta", "0198F000-0000-7000-8000-000000000001"), (1, "Google", "0198F000-0000-7000-8000-000000000002") })
            {
                migrationBuilder.Sql($"""
                    INSERT INTO "Outbox" ("Id", "Job", "Key", "Argument", "Lane", "State", "NotBefore", "RecordedAt", "Attempts", "Held")
                    SELECT '{id}', 'SendConversions', '{name}/before', '{name}', 'conversions:{name}', 0, MIN("DueAt"), MIN("DueAt"), 0, 0
                    FROM "Conversions" WHERE "Platform" = {platform} AND "DueAt" IS NOT NULL HAVING COUNT(*) > 0;
                    """);
            }

            // What a platform had received is a request of one, under the conversion's own id.
            migrationBuilder.Sql("""
                INSERT INTO "ConversionBatches" ("Id", "Platform", "Mode", "Count", "Envelope", "State", "Attempts", "SentAt", "HttpStatus", "RequestId", "RecordedAt")
                SELECT "Id", "Platform", "Mode", 1, '', 1, 1, "SentAt", 200, "RequestId", "SentAt" FROM "Conversions" WHERE "Status" = 2 AND "RequestId" IS NOT NULL AND "SentAt" IS NOT NULL;
                """);
            migrationBuilder.Sql("""INSERT INTO "ConversionParts" ("BatchId", "Position", "ConversionId") SELECT "Id", 0, "Id" FROM "ConversionBatches";""");
            migrationBuilder.Sql("""UPDATE "Outbox" SET "Job" = 'PollConversions', "Lane" = 'conversions:results' WHERE "Job" = 'PollConversion' AND "State" IN (0, 1);""");

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

            migrationBuilder.AddColumn<double>(
                name: "Before",
                table: "ConversionAlerts",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EndsAt",
                table: "ConversionAlerts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "Now",
                table: "ConversionAlerts",
                type: "REAL",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_Mode_OccurredAt",
                table: "Conversions",
                columns: new[] { "Mode", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AdSpend_AdId_Mode",
                table: "AdSpend",
                columns: new[] { "AdId", "Mode" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AdSpend_AdId_Mode",
                table: "AdSpend");

            migrationBuilder.DropIndex(
                name: "IX_Conversions_Mode_OccurredAt",
                table: "Conversions");

            migrationBuilder.DropColumn(
                name: "Before",
                table: "ConversionAlerts");

            migrationBuilder.DropColumn(
                name: "EndsAt",
                table: "ConversionAlerts");

            migrationBuilder.DropColumn(
                name: "Now",
                table: "ConversionAlerts");

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

            migrationBuilder.DropTable(
                name: "ConversionBatches");

            migrationBuilder.DropTable(
                name: "ConversionParts");

            migrationBuilder.DropIndex(
                name: "IX_Conversions_Platform_DueAt_Id",
                table: "Conversions");

            migrationBuilder.DropIndex(
                name: "IX_Conversions_TransactionId",
                table: "Conversions");

            migrationBuilder.DropColumn(
                name: "DueAt",
                table: "Conversions");
        }
    }
}
