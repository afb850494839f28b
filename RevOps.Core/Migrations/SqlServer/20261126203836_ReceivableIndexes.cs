using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ReceivableIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Payments_InvoiceId",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_Mode_Currency_SettledOn_IssuedOn",
                table: "Invoices");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_InvoiceId_OccurredAt_AmountMinor",
                table: "Payments",
                columns: new[] { "InvoiceId", "OccurredAt", "AmountMinor" });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Open",
                table: "Invoices",
                columns: new[] { "Mode", "Currency", "SettledOn", "IssuedOn", "Status", "MovedOn", "DueOn", "CustomerId", "GrossMinor", "CreditedMinor", "PaidMinor", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Payments_InvoiceId_OccurredAt_AmountMinor",
                table: "Payments");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_Open",
                table: "Invoices");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_InvoiceId",
                table: "Payments",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Mode_Currency_SettledOn_IssuedOn",
                table: "Invoices",
                columns: new[] { "Mode", "Currency", "SettledOn", "IssuedOn" });
        }
    }
}
