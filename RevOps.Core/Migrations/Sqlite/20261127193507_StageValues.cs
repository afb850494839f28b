using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StageValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.AddColumn<long>(
                name: "WholeMinor",
                table: "Conversions",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
                name: "WholeMinor",
                table: "Conversions");
        }
    }
}
