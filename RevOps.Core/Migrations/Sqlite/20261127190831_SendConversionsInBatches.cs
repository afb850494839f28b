using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SendConversionsInBatches : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
