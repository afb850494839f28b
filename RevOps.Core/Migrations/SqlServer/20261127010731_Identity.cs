using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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

            migrationBuilder.AlterColumn<int>(
                name: "By",
                table: "PersonAliases",
                type: "int",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "int");

            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "PersonAliases",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<Guid>(
                name: "KeyId",
                table: "PersonAliases",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Parted",
                table: "PersonAliases",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ErasedAt",
                table: "People",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OwnCountry",
                table: "People",
                type: "nvarchar(2)",
                maxLength: 2,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "OwnSeenAt",
                table: "People",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedOwn",
                table: "People",
                type: "varbinary(max)",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Signature",
                table: "People",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DecidedAt",
                table: "IdentityKeys",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "IdentityKeys",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "Decision",
                table: "IdentityKeys",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "QuestionedAt",
                table: "IdentityKeys",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Standing",
                table: "IdentityKeys",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "PersonKeys",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    KeyId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonKeys", x => new { x.PersonId, x.KeyId });
                });

            migrationBuilder.CreateTable(
                name: "SamePeople",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OtherId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    LinkedBy = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    LinkedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SamePeople", x => x.Id);
                });

            // Rows of before: a key that joined nobody is shared, what a person said last is theirs, and what was joined stays joined.
            migrationBuilder.Sql("UPDATE IdentityKeys SET Standing = 2 WHERE Shared = 1");
            migrationBuilder.DropColumn(
                name: "Shared",
                table: "IdentityKeys");
            migrationBuilder.Sql("UPDATE People SET OwnSeenAt = LastSeenAt, OwnCountry = Country, OwnCountryAt = CASE WHEN Country IS NULL THEN NULL ELSE COALESCE(OwnCountryAt, LastSeenAt) END");
            migrationBuilder.Sql("INSERT INTO PersonKeys (PersonId, KeyId, FirstSeenAt) SELECT PersonId, Id, FirstSeenAt FROM IdentityKeys");
            migrationBuilder.Sql("INSERT INTO SamePeople (Id, PersonId, OtherId, LinkedAt) SELECT Id, PersonId, CanonicalId, RecordedAt FROM PersonAliases");

            migrationBuilder.CreateIndex(
                name: "IX_People_Signature",
                table: "People",
                column: "Signature",
                unique: true,
                filter: "[Signature] IS NOT NULL");

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

            migrationBuilder.DropColumn(
                name: "Standing",
                table: "IdentityKeys");

            migrationBuilder.RenameColumn(
                name: "OwnCountryAt",
                table: "People",
                newName: "ContactAt");

            migrationBuilder.AlterColumn<int>(
                name: "By",
                table: "PersonAliases",
                type: "int",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Shared",
                table: "IdentityKeys",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "IdentityKeyRefs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    KeyId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RefHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false)
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
