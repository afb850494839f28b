using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class BankMatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_BankMatches_PayoutId",
                table: "BankMatches");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PaidAtBefore",
                table: "BankMatches",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "StatusBefore",
                table: "BankMatches",
                type: "int",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_InvoiceId",
                table: "PayoutParts",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_BankMatches_PaymentId",
                table: "BankMatches",
                column: "PaymentId");

            migrationBuilder.CreateIndex(
                name: "IX_BankMatches_PayoutId",
                table: "BankMatches",
                column: "PayoutId",
                unique: true,
                filter: "\"UndoneAt\" IS NULL AND \"PayoutId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PayoutParts_InvoiceId",
                table: "PayoutParts");

            migrationBuilder.DropIndex(
                name: "IX_BankMatches_PaymentId",
                table: "BankMatches");

            migrationBuilder.DropIndex(
                name: "IX_BankMatches_PayoutId",
                table: "BankMatches");

            migrationBuilder.DropColumn(
                name: "PaidAtBefore",
                table: "BankMatches");

            migrationBuilder.DropColumn(
                name: "StatusBefore",
                table: "BankMatches");

            migrationBuilder.CreateIndex(
                name: "IX_BankMatches_PayoutId",
                table: "BankMatches",
                column: "PayoutId");
        }
    }
}
