using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class FindEventsAndAuditRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Events_Type_Status_RecordedAt",
                table: "Events",
                columns: new[] { "Type", "Status", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Action_Sequence",
                table: "Audit",
                columns: new[] { "Action", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Actor_Sequence",
                table: "Audit",
                columns: new[] { "Actor", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_OccurredAt",
                table: "Audit",
                column: "OccurredAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Events_Type_Status_RecordedAt",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Audit_Action_Sequence",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_Actor_Sequence",
                table: "Audit");

            migrationBuilder.DropIndex(
                name: "IX_Audit_OccurredAt",
                table: "Audit");
        }
    }
}
