using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Identity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "IdentityKeyRefs");

            migrationBuilder.RenameColumn(
                name: "ContactAt",
                table: "People",
                newName: "OwnCountryAt");

            migrationBuilder.RenameColumn(
                name: "Shared",
                table: "IdentityKeys",
                newName: "Standing");

            migrationBuilder.AlterColumn<int>(
                name: "By",
                table: "PersonAliases",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "PersonAliases",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "KeyId",
                table: "PersonAliases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Parted",
                table: "PersonAliases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ErasedAt",
                table: "People",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OwnCountry",
                table: "People",
                type: "TEXT",
                maxLength: 2,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OwnSeenAt",
                table: "People",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedOwn",
                table: "People",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Signature",
                table: "People",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecidedAt",
                table: "IdentityKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "IdentityKeys",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Decision",
                table: "IdentityKeys",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "QuestionedAt",
                table: "IdentityKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PersonKeys",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    KeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonKeys", x => new { x.PersonId, x.KeyId });
                });

            migrationBuilder.CreateTable(
                name: "SamePeople",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OtherId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LinkedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    LinkedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SamePeople", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_People_Signature",
                table: "People",
                column: "Signature",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_Standing_Decision_QuestionedAt",
                table: "IdentityKeys",
                columns: new[] { "Standing", "Decision", "QuestionedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PersonKeys_KeyId",
                table: "PersonKeys",
                column: "KeyId");

            migrationBuilder.CreateIndex(
                name: "IX_SamePeople_OtherId",
                table: "SamePeople",
                column: "OtherId");

            migrationBuilder.CreateIndex(
                name: "IX_SamePeople_PersonId_OtherId",
                table: "SamePeople",
                columns: new[] { "PersonId", "OtherId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PersonKeys");

            migrationBuilder.DropTable(
                name: "SamePeople");

            migrationBuilder.DropIndex(
                name: "IX_People_Signature",
                table: "People");

            migrationBuilder.DropIndex(
                name: "IX_IdentityKeys_Standing_Decision_QuestionedAt",
                table: "IdentityKeys");

            migrationBuilder.DropColumn(
                name: "DecidedBy",
                table: "PersonAliases");

            migrationBuilder.DropColumn(
                name: "KeyId",
                table: "PersonAliases");

            migrationBuilder.DropColumn(
                name: "Parted",
                table: "PersonAliases");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "OwnCountry",
                table: "People");

            migrationBuilder.DropColumn(
                name: "OwnSeenAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "SealedOwn",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Signature",
                table: "People");

            migrationBuilder.DropColumn(
                name: "DecidedAt",
                table: "IdentityKeys");

            migrationBuilder.DropColumn(
                name: "DecidedBy",
                table: "IdentityKeys");

            migrationBuilder.DropColumn(
                name: "Decision",
                table: "IdentityKeys");

            migrationBuilder.DropColumn(
                name: "QuestionedAt",
                table: "IdentityKeys");

            migrationBuilder.RenameColumn(
                name: "OwnCountryAt",
                table: "People",
                newName: "ContactAt");

            migrationBuilder.RenameColumn(
                name: "Standing",
                table: "IdentityKeys",
                newName: "Shared");

            migrationBuilder.AlterColumn<int>(
                name: "By",
                table: "PersonAliases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.CreateTable(
                name: "IdentityKeyRefs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    KeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RefHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdentityKeyRefs", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeyRefs_KeyId_RefHash",
                table: "IdentityKeyRefs",
                columns: new[] { "KeyId", "RefHash" },
                unique: true);
        }
    }
}
