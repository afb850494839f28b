using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "MovedOn",
                table: "Invoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "SettledOn",
                table: "Invoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Annotations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Annotations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankAccounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    NumberHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    SealedNumber = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    CsvMapping = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankAccounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Format = table.Column<int>(type: "INTEGER", nullable: false),
                    StatementId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    OpeningMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosingMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    Lines = table.Column<int>(type: "INTEGER", nullable: false),
                    Repeats = table.Column<int>(type: "INTEGER", nullable: false),
                    Warnings = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankFiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankLines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FileId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    KeyHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    BookedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ValueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    MatchedMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    SealedText = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PayerHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankLines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankMatches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    LineId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: true),
                    PayoutId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    PaymentId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankMatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClosedMonths",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Evidence = table.Column<string>(type: "TEXT", nullable: false),
                    EvidenceHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    ClosedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReopenAskedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ReopenReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ReopenedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ReopenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosedMonths", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CrmDeals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    DealId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    WonOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CrmDeals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CrmLists",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Deals = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CrmLists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ExceptionNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 250, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SealedText = table.Column<byte[]>(type: "BLOB", nullable: true),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExceptionNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceDisputes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SealedNote = table.Column<byte[]>(type: "BLOB", nullable: true),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceDisputes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LateClaims",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClaimInvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    InterestMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    IndemnityMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LateClaims", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LateRates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BasisPoints = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LateRates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PaymentPromises",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PromisedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentPromises", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PayoutParts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PayoutId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StripeTransactionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SourceId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    GrossMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    FeeMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    NetMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutParts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReceivableRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    Reminds = table.Column<bool>(type: "INTEGER", nullable: false),
                    WriteOffLimitMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    FeeLimitMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivableRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReminderRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OffsetDays = table.Column<int>(type: "INTEGER", nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    SubjectFrench = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    TextFrench = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    SubjectEnglish = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    TextEnglish = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Reminders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OffsetDays = table.Column<int>(type: "INTEGER", nullable: false),
                    MailId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwedMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
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
            migrationBuilder.Sql("INSERT INTO Outbox (Id, Job, \"Key\", Argument, State, NotBefore, RecordedAt, Attempts, Held) SELECT '01980000-0000-7000-8000-0000000000D1', 'DateInvoices', 'once', 'all', 0, 0, 0, 0, 0 WHERE EXISTS (SELECT 1 FROM Invoices WHERE IssuedAt IS NOT NULL)");
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
