using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Channels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AdPlatform",
                table: "Touches",
                type: "TEXT",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReferrerHost",
                table: "Touches",
                type: "TEXT",
                maxLength: 253,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BantReviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    OutOf = table.Column<int>(type: "INTEGER", nullable: false),
                    Seed = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BantReviews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ChannelRuleSets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    RulesJson = table.Column<string>(type: "TEXT", nullable: false),
                    Touches = table.Column<int>(type: "INTEGER", nullable: false),
                    Redecided = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    CursorAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CursorId = table.Column<Guid>(type: "TEXT", nullable: true),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChannelRuleSets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BantReadings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReviewId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Budget = table.Column<bool>(type: "INTEGER", nullable: true),
                    Authority = table.Column<bool>(type: "INTEGER", nullable: true),
                    Need = table.Column<bool>(type: "INTEGER", nullable: true),
                    Timeline = table.Column<bool>(type: "INTEGER", nullable: true),
                    Qualified = table.Column<bool>(type: "INTEGER", nullable: true),
                    ReaderId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SealedNote = table.Column<byte[]>(type: "BLOB", nullable: true),
                    NoteOwnerId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BantReadings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BantReadings_BantReviews_ReviewId",
                        column: x => x.ReviewId,
                        principalTable: "BantReviews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "ChannelRuleSets",
                columns: new[] { "Id", "Changed", "CursorAt", "CursorId", "EndedAt", "EnteredAt", "EnteredBy", "Number", "Redecided", "RulesJson", "StartedAt", "Touches", "ValidFrom" },
                values: new object[] { new Guid("00000000-0000-7000-8000-000000000005"), 0, null, null, 621355968000000000L, 621355968000000000L, null, 1, 0, "[{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Any\",\"words\":[]},\"click\":{\"test\":\"Is\",\"words\":[\"gclid\",\"gbraid\",\"wbraid\",\"msclkid\"]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Any\",\"words\":[]},\"click\":{\"test\":\"Present\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_social\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"medium\":{\"test\":\"Is\",\"words\":[\"cpc\",\"ppc\",\"paid\",\"paidsearch\",\"paid_search\",\"sem\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_social\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"cpc\",\"ppc\",\"paid\",\"paidsearch\",\"paid_search\",\"sem\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"paid_social\",\"paidsocial\",\"cpm\",\"paid-social\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_social\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"email\",\"e-mail\",\"newsletter\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"email\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"affiliate\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"affiliate\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"social\",\"organic_social\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"medium\":{\"test\":\"Is\",\"words\":[\"organic\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"organic\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"referral\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"referral\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Empty\",\"words\":[]},\"channel\":\"direct\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Contains\",\"words\":[\"google\",\"bing\",\"duckduckgo\",\"ecosia\",\"qwant\",\"yahoo\",\"baidu\",\"yandex\"]},\"channel\":\"organic_search\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"referral\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"google\",\"bing\",\"duckduckgo\",\"ecosia\",\"qwant\",\"yahoo\",\"baidu\",\"yandex\"]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"referral\"}]", null, 0, 621355968000000000L });

            migrationBuilder.CreateIndex(
                name: "IX_VoiceSessions_StartedAt",
                table: "VoiceSessions",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Touches_Channel_OccurredAt",
                table: "Touches",
                columns: new[] { "Channel", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_BantReadings_ReviewId_Position",
                table: "BantReadings",
                columns: new[] { "ReviewId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BantReadings_SessionId",
                table: "BantReadings",
                column: "SessionId");

            migrationBuilder.CreateIndex(
                name: "IX_BantReviews_CreatedAt",
                table: "BantReviews",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ChannelRuleSets_Number",
                table: "ChannelRuleSets",
                column: "Number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BantReadings");

            migrationBuilder.DropTable(
                name: "ChannelRuleSets");

            migrationBuilder.DropTable(
                name: "BantReviews");

            migrationBuilder.DropIndex(
                name: "IX_VoiceSessions_StartedAt",
                table: "VoiceSessions");

            migrationBuilder.DropIndex(
                name: "IX_Touches_Channel_OccurredAt",
                table: "Touches");

            migrationBuilder.DropColumn(
                name: "AdPlatform",
                table: "Touches");

            migrationBuilder.DropColumn(
                name: "ReferrerHost",
                table: "Touches");
        }
    }
}
