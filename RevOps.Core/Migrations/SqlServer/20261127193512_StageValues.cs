using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "nvarchar(3)",
                maxLength: 3,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<long>(
                name: "FixedMinor",
                table: "StageSettings",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsInStore",
                table: "StageSettings",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsShared",
                table: "StageSettings",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Value",
                table: "StageSettings",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "WholeMinor",
                table: "Conversions",
                type: "bigint",
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
