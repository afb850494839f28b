using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Outlook : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ForecastRuns",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Figure = table.Column<int>(type: "INTEGER", nullable: false),
                    Frequency = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Model = table.Column<int>(type: "INTEGER", nullable: false),
                    Origins = table.Column<int>(type: "INTEGER", nullable: false),
                    TestedSteps = table.Column<int>(type: "INTEGER", nullable: false),
                    Owa = table.Column<double>(type: "REAL", nullable: true),
                    Coverage80 = table.Column<double>(type: "REAL", nullable: true),
                    Coverage95 = table.Column<double>(type: "REAL", nullable: true),
                    Points = table.Column<int>(type: "INTEGER", nullable: false),
                    IsShort = table.Column<bool>(type: "INTEGER", nullable: false),
                    OutsideTwice = table.Column<bool>(type: "INTEGER", nullable: false),
                    Past = table.Column<string>(type: "TEXT", nullable: false),
                    Foreseen = table.Column<string>(type: "TEXT", nullable: false),
                    Trials = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForecastRuns", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ForecastRuns_Mode_Figure_Frequency_Day",
                table: "ForecastRuns",
                columns: new[] { "Mode", "Figure", "Frequency", "Day" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ForecastRuns");
        }
    }
}
