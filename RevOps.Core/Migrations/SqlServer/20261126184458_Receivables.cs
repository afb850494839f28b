using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Receivables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "IssuedOn",
                table: "Invoices",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "MovedOn",
                table: "Invoices",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "SettledOn",
                table: "Invoices",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Annotations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Annotations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankAccounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    NumberHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    SealedNumber = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CsvMapping = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankAccounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AccountId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Format = table.Column<int>(type: "int", nullable: false),
                    StatementId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Sequence = table.Column<long>(type: "bigint", nullable: true),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    OpeningMinor = table.Column<long>(type: "bigint", nullable: true),
                    ClosingMinor = table.Column<long>(type: "bigint", nullable: true),
                    Lines = table.Column<int>(type: "int", nullable: false),
                    Repeats = table.Column<int>(type: "int", nullable: false),
                    Warnings = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankFiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankLines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AccountId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FileId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    KeyHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    BookedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ValueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AmountMinor = table.Column<long>(type: "bigint", nullable: false),
                    MatchedMinor = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    SealedText = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    PayerHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    OwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankLines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankMatches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    LineId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    PayoutId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AmountMinor = table.Column<long>(type: "bigint", nullable: false),
                    PaymentId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Rule = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    UndoneAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    UndoneBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankMatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClosedMonths",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Month = table.Column<DateOnly>(type: "date", nullable: false),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Evidence = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    EvidenceHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    ClosedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ClosedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ReopenAskedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ReopenReason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ReopenedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ReopenedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosedMonths", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CrmDeals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DealId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    WonOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AmountMinor = table.Column<long>(type: "bigint", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CrmDeals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CrmLists",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Deals = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CrmLists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ExceptionNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    SealedText = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExceptionNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceDisputes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Reason = table.Column<int>(type: "int", nullable: false),
                    OwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SealedNote = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OpenedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ClosedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceDisputes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LateClaims",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ClaimInvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: false),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    InterestMinor = table.Column<long>(type: "bigint", nullable: false),
                    IndemnityMinor = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LateClaims", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LateRates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    BasisPoints = table.Column<int>(type: "int", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true, collation: "Latin1_General_100_BIN2"),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LateRates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PaymentPromises",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PromisedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentPromises", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PayoutParts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PayoutId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StripeTransactionId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SourceId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    GrossMinor = table.Column<long>(type: "bigint", nullable: false),
                    FeeMinor = table.Column<long>(type: "bigint", nullable: false),
                    NetMinor = table.Column<long>(type: "bigint", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutParts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReceivableRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ValidFrom = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Reminds = table.Column<bool>(type: "bit", nullable: false),
                    WriteOffLimitMinor = table.Column<long>(type: "bigint", nullable: false),
                    FeeLimitMinor = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivableRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReminderRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OffsetDays = table.Column<int>(type: "int", nullable: false),
                    IsOn = table.Column<bool>(type: "bit", nullable: false),
                    SubjectFrench = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TextFrench = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SubjectEnglish = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TextEnglish = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Reminders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OffsetDays = table.Column<int>(type: "int", nullable: false),
                    MailId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OwedMinor = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reminders", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Mode_Currency_IssuedOn_Status_GrossMinor",
                table: "Invoices",
                columns: new[] { "Mode", "Currency", "IssuedOn", "Status", "GrossMinor" });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Mode_Currency_SettledOn_IssuedOn",
                table: "Invoices",
                columns: new[] { "Mode", "Currency", "SettledOn", "IssuedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Annotations_Day",
                table: "Annotations",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_BankAccounts_NumberHash",
                table: "BankAccounts",
                column: "NumberHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BankFiles_AccountId_To",
                table: "BankFiles",
                columns: new[] { "AccountId", "To" });

            migrationBuilder.CreateIndex(
                name: "IX_BankFiles_Hash",
                table: "BankFiles",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BankLines_FileId_Position",
                table: "BankLines",
                columns: new[] { "FileId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_BankLines_KeyHash",
                table: "BankLines",
                column: "KeyHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BankLines_Mode_State_BookedOn",
                table: "BankLines",
                columns: new[] { "Mode", "State", "BookedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_BankLines_PayerHash",
                table: "BankLines",
                column: "PayerHash");

            migrationBuilder.CreateIndex(
                name: "IX_BankMatches_InvoiceId",
                table: "BankMatches",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_BankMatches_LineId",
                table: "BankMatches",
                column: "LineId");

            migrationBuilder.CreateIndex(
                name: "IX_BankMatches_PayoutId",
                table: "BankMatches",
                column: "PayoutId");

            migrationBuilder.CreateIndex(
                name: "IX_ClosedMonths_Mode_Month_ClosedAt",
                table: "ClosedMonths",
                columns: new[] { "Mode", "Month", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CrmDeals_DealId",
                table: "CrmDeals",
                column: "DealId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CrmDeals_WonOn",
                table: "CrmDeals",
                column: "WonOn");

            migrationBuilder.CreateIndex(
                name: "IX_CrmLists_RecordedAt",
                table: "CrmLists",
                column: "RecordedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ExceptionNotes_Subject",
                table: "ExceptionNotes",
                column: "Subject",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceDisputes_InvoiceId_ClosedAt",
                table: "InvoiceDisputes",
                columns: new[] { "InvoiceId", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceDisputes_OwnerId_ClosedAt",
                table: "InvoiceDisputes",
                columns: new[] { "OwnerId", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_LateClaims_ClaimInvoiceId",
                table: "LateClaims",
                column: "ClaimInvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_LateClaims_InvoiceId_From",
                table: "LateClaims",
                columns: new[] { "InvoiceId", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LateRates_Kind_ValidFrom",
                table: "LateRates",
                columns: new[] { "Kind", "ValidFrom" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentPromises_InvoiceId_OccurredAt",
                table: "PaymentPromises",
                columns: new[] { "InvoiceId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_PayoutId",
                table: "PayoutParts",
                column: "PayoutId");

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_StripeTransactionId",
                table: "PayoutParts",
                column: "StripeTransactionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReceivableRules_ValidFrom",
                table: "ReceivableRules",
                column: "ValidFrom");

            migrationBuilder.CreateIndex(
                name: "IX_ReminderRules_OffsetDays",
                table: "ReminderRules",
                column: "OffsetDays",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_InvoiceId_OffsetDays",
                table: "Reminders",
                columns: new[] { "InvoiceId", "OffsetDays" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_OccurredAt",
                table: "Reminders",
                column: "OccurredAt");

            // Days of the company are told by its zone, which no database knows: a job dates what was issued before, once.
            migrationBuilder.Sql("INSERT INTO Outbox (Id, Job, [Key], Argument, State, NotBefore, RecordedAt, Attempts, Held) SELECT '01980000-0000-7000-8000-0000000000D1', 'DateInvoices', 'once', 'all', 0, '0001-01-01T00:00:00+00:00', '0001-01-01T00:00:00+00:00', 0, 0 WHERE EXISTS (SELECT 1 FROM Invoices WHERE IssuedAt IS NOT NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Annotations");

            migrationBuilder.DropTable(
                name: "BankAccounts");

            migrationBuilder.DropTable(
                name: "BankFiles");

            migrationBuilder.DropTable(
                name: "BankLines");

            migrationBuilder.DropTable(
                name: "BankMatches");

            migrationBuilder.DropTable(
                name: "ClosedMonths");

            migrationBuilder.DropTable(
                name: "CrmDeals");

            migrationBuilder.DropTable(
                name: "CrmLists");

            migrationBuilder.DropTable(
                name: "ExceptionNotes");

            migrationBuilder.DropTable(
                name: "InvoiceDisputes");

            migrationBuilder.DropTable(
                name: "LateClaims");

            migrationBuilder.DropTable(
                name: "LateRates");

            migrationBuilder.DropTable(
                name: "PaymentPromises");

            migrationBuilder.DropTable(
                name: "PayoutParts");

            migrationBuilder.DropTable(
                name: "ReceivableRules");

            migrationBuilder.DropTable(
                name: "ReminderRules");

            migrationBuilder.DropTable(
                name: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_Mode_Currency_IssuedOn_Status_GrossMinor",
                table: "Invoices");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_Mode_Currency_SettledOn_IssuedOn",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "IssuedOn",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "MovedOn",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "SettledOn",
                table: "Invoices");
        }
    }
}
