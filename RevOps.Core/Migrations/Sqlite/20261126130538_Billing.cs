using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Billing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Kind",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "ReversesId",
                table: "Payments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CheckedAt",
                table: "Invoices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CreditedMinor",
                table: "Invoices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "DepositFor",
                table: "Invoices",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "EditId",
                table: "Invoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GatherKey",
                table: "Invoices",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "GathersUntil",
                table: "Invoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MakerId",
                table: "Invoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Origin",
                table: "Invoices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "PricesAcceptedFor",
                table: "Invoices",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reference",
                table: "Invoices",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "ReplacesId",
                table: "Invoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "BookingId",
                table: "InvoiceLines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CatalogueAmount",
                table: "InvoiceLines",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Step",
                table: "InvoiceDecisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "CompanyHash",
                table: "Customers",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "EmailHash",
                table: "Customers",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Gather",
                table: "Customers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MergedIntoId",
                table: "Customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Missing",
                table: "Customers",
                type: "TEXT",
                maxLength: 300,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<byte[]>(
                name: "NameHash",
                table: "Customers",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedOwn",
                table: "Customers",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "VatCheckedAt",
                table: "Customers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "InvoiceId",
                table: "Bookings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ApprovalRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    FourEyesFromMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    AutoUpToMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    CleanInvoices = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApprovalRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BillingRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    Gather = table.Column<int>(type: "INTEGER", nullable: false),
                    ShadowMode = table.Column<bool>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillingRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CreditNoteLines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreditNoteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceLineId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    NetMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    TaxMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Category = table.Column<int>(type: "INTEGER", nullable: false),
                    RateBasisPoints = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditNoteLines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CreditNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    SealedMemo = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    NetMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    TaxMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    GrossMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Settlement = table.Column<int>(type: "INTEGER", nullable: false),
                    SettledMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Reissues = table.Column<bool>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    StripeNumber = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    StripeCreditNoteId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    MakerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ApproverId = table.Column<Guid>(type: "TEXT", nullable: true),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CustomerRefs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RefHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerRefs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CustomersApart",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OneId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OtherId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomersApart", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ForeignInvoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StripeInvoiceId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    StripeCustomerId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    NetMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    GrossMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForeignInvoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HistoryImports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Step = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Cursor = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Customers = table.Column<int>(type: "INTEGER", nullable: false),
                    Invoices = table.Column<int>(type: "INTEGER", nullable: false),
                    CreditNotes = table.Column<int>(type: "INTEGER", nullable: false),
                    Payments = table.Column<int>(type: "INTEGER", nullable: false),
                    Refunds = table.Column<int>(type: "INTEGER", nullable: false),
                    Payouts = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HistoryImports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceComments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SealedText = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceComments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceEdits",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SealedContent = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OverHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceEdits", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "NumberSeries",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Last = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NumberSeries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Payouts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StripePayoutId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ArrivesOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payouts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PriceVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ServiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    UnitAmount = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TaxInclusive = table.Column<bool>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ValidUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Services",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    TaxRateBasisPoints = table.Column<int>(type: "INTEGER", nullable: true),
                    CostMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    CostCurrency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Services", x => x.Id);
                });

            // A booking names its invoice from now on, and a ref its customer.
            migrationBuilder.Sql("UPDATE Bookings SET InvoiceId = (SELECT Invoices.Id FROM Invoices WHERE Invoices.BookingId = Bookings.Id)");
            migrationBuilder.Sql("UPDATE Invoices SET Reference = COALESCE((SELECT Bookings.Reference FROM Bookings WHERE Bookings.Id = Invoices.BookingId), '')");
            migrationBuilder.Sql("UPDATE InvoiceLines SET BookingId = (SELECT Invoices.BookingId FROM Invoices WHERE Invoices.Id = InvoiceLines.InvoiceId)");
            migrationBuilder.Sql("INSERT INTO CustomerRefs (Id, RefHash, CustomerId) SELECT Id, RefHash, Id FROM Customers");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_BookingId",
                table: "Invoices");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_CustomerId",
                table: "Invoices");

            migrationBuilder.DropIndex(
                name: "IX_InvoiceDecisions_InvoiceId_DraftVersion",
                table: "InvoiceDecisions");

            migrationBuilder.DropIndex(
                name: "IX_Customers_RefHash",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "BookingId",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "RefHash",
                table: "Customers");

            migrationBuilder.AlterColumn<Guid>(
                name: "UserId",
                table: "InvoiceDecisions",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_CustomerId_GatherKey",
                table: "Invoices",
                columns: new[] { "CustomerId", "GatherKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_DepositFor",
                table: "Invoices",
                column: "DepositFor");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_ReplacesId",
                table: "Invoices",
                column: "ReplacesId");

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceDecisions_InvoiceId_DraftVersion_Step",
                table: "InvoiceDecisions",
                columns: new[] { "InvoiceId", "DraftVersion", "Step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Customers_CompanyHash",
                table: "Customers",
                column: "CompanyHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Customers_EmailHash",
                table: "Customers",
                column: "EmailHash");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_NameHash",
                table: "Customers",
                column: "NameHash");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_InvoiceId",
                table: "Bookings",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRules_CustomerId_Currency",
                table: "ApprovalRules",
                columns: new[] { "CustomerId", "Currency" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BillingRules_ValidFrom",
                table: "BillingRules",
                column: "ValidFrom");

            migrationBuilder.CreateIndex(
                name: "IX_CreditNoteLines_CreditNoteId_Position",
                table: "CreditNoteLines",
                columns: new[] { "CreditNoteId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CreditNoteLines_InvoiceLineId",
                table: "CreditNoteLines",
                column: "InvoiceLineId");

            migrationBuilder.CreateIndex(
                name: "IX_CreditNotes_InvoiceId",
                table: "CreditNotes",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_CreditNotes_Mode_Number",
                table: "CreditNotes",
                columns: new[] { "Mode", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CreditNotes_Status_OccurredAt",
                table: "CreditNotes",
                columns: new[] { "Status", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CreditNotes_StripeCreditNoteId",
                table: "CreditNotes",
                column: "StripeCreditNoteId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CustomerRefs_CustomerId",
                table: "CustomerRefs",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerRefs_RefHash",
                table: "CustomerRefs",
                column: "RefHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CustomersApart_OneId_OtherId",
                table: "CustomersApart",
                columns: new[] { "OneId", "OtherId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ForeignInvoices_OccurredAt",
                table: "ForeignInvoices",
                column: "OccurredAt");

            migrationBuilder.CreateIndex(
                name: "IX_ForeignInvoices_Reference",
                table: "ForeignInvoices",
                column: "Reference");

            migrationBuilder.CreateIndex(
                name: "IX_ForeignInvoices_StripeInvoiceId",
                table: "ForeignInvoices",
                column: "StripeInvoiceId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HistoryImports_StartedAt",
                table: "HistoryImports",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceComments_InvoiceId_OccurredAt",
                table: "InvoiceComments",
                columns: new[] { "InvoiceId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceEdits_InvoiceId_Number",
                table: "InvoiceEdits",
                columns: new[] { "InvoiceId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Payouts_ArrivesOn",
                table: "Payouts",
                column: "ArrivesOn");

            migrationBuilder.CreateIndex(
                name: "IX_Payouts_StripePayoutId",
                table: "Payouts",
                column: "StripePayoutId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PriceVersions_CustomerId",
                table: "PriceVersions",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceVersions_ServiceId_CustomerId_Currency_ValidFrom",
                table: "PriceVersions",
                columns: new[] { "ServiceId", "CustomerId", "Currency", "ValidFrom" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Services_Code",
                table: "Services",
                column: "Code",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApprovalRules");

            migrationBuilder.DropTable(
                name: "BillingRules");

            migrationBuilder.DropTable(
                name: "CreditNoteLines");

            migrationBuilder.DropTable(
                name: "CreditNotes");

            migrationBuilder.DropTable(
                name: "CustomerRefs");

            migrationBuilder.DropTable(
                name: "CustomersApart");

            migrationBuilder.DropTable(
                name: "ForeignInvoices");

            migrationBuilder.DropTable(
                name: "HistoryImports");

            migrationBuilder.DropTable(
                name: "InvoiceComments");

            migrationBuilder.DropTable(
                name: "InvoiceEdits");

            migrationBuilder.DropTable(
                name: "NumberSeries");

            migrationBuilder.DropTable(
                name: "Payouts");

            migrationBuilder.DropTable(
                name: "PriceVersions");

            migrationBuilder.DropTable(
                name: "Services");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_CustomerId_GatherKey",
                table: "Invoices");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_DepositFor",
                table: "Invoices");

            migrationBuilder.DropIndex(
                name: "IX_Invoices_ReplacesId",
                table: "Invoices");

            migrationBuilder.DropIndex(
                name: "IX_InvoiceDecisions_InvoiceId_DraftVersion_Step",
                table: "InvoiceDecisions");

            migrationBuilder.DropIndex(
                name: "IX_Customers_CompanyHash",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_EmailHash",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_NameHash",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Bookings_InvoiceId",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "ReversesId",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "CheckedAt",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "CreditedMinor",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "DepositFor",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "EditId",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "GatherKey",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "GathersUntil",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "MakerId",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "Origin",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "PricesAcceptedFor",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "Reference",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "ReplacesId",
                table: "Invoices");

            migrationBuilder.DropColumn(
                name: "BookingId",
                table: "InvoiceLines");

            migrationBuilder.DropColumn(
                name: "CatalogueAmount",
                table: "InvoiceLines");

            migrationBuilder.DropColumn(
                name: "Step",
                table: "InvoiceDecisions");

            migrationBuilder.DropColumn(
                name: "CompanyHash",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "EmailHash",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "Gather",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "Missing",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "NameHash",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "SealedOwn",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "VatCheckedAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "InvoiceId",
                table: "Bookings");

            migrationBuilder.AddColumn<Guid>(
                name: "BookingId",
                table: "Invoices",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AlterColumn<Guid>(
                name: "UserId",
                table: "InvoiceDecisions",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "RefHash",
                table: "Customers",
                type: "BLOB",
                maxLength: 32,
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_BookingId",
                table: "Invoices",
                column: "BookingId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_CustomerId",
                table: "Invoices",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceDecisions_InvoiceId_DraftVersion",
                table: "InvoiceDecisions",
                columns: new[] { "InvoiceId", "DraftVersion" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Customers_RefHash",
                table: "Customers",
                column: "RefHash",
                unique: true);
        }
    }
}
