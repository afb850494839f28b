using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AlertFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "Before",
                table: "ConversionAlerts",
                type: "float",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EndsAt",
                table: "ConversionAlerts",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "Now",
                table: "ConversionAlerts",
                type: "float",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_Mode_OccurredAt",
                table: "Conversions",
                columns: new[] { "Mode", "OccurredAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
        }
    }
}
