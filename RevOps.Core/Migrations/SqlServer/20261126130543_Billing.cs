using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.SqlServer
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
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "ReversesId",
                table: "Payments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "CheckedAt",
                table: "Invoices",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CreditedMinor",
                table: "Invoices",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "DepositFor",
                table: "Invoices",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<Guid>(
                name: "EditId",
                table: "Invoices",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GatherKey",
                table: "Invoices",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateOnly>(
                name: "GathersUntil",
                table: "Invoices",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MakerId",
                table: "Invoices",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Origin",
                table: "Invoices",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "PricesAcceptedFor",
                table: "Invoices",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reference",
                table: "Invoices",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<Guid>(
                name: "ReplacesId",
                table: "Invoices",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "BookingId",
                table: "InvoiceLines",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CatalogueAmount",
                table: "InvoiceLines",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "Step",
                table: "InvoiceDecisions",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "CompanyHash",
                table: "Customers",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "EmailHash",
                table: "Customers",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Gather",
                table: "Customers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MergedIntoId",
                table: "Customers",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Missing",
                table: "Customers",
                type: "nvarchar(300)",
                maxLength: 300,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<byte[]>(
                name: "NameHash",
                table: "Customers",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedOwn",
                table: "Customers",
                type: "varbinary(max)",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "VatCheckedAt",
                table: "Customers",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "InvoiceId",
                table: "Bookings",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ApprovalRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    FourEyesFromMinor = table.Column<long>(type: "bigint", nullable: true),
                    AutoUpToMinor = table.Column<long>(type: "bigint", nullable: true),
                    CleanInvoices = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApprovalRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BillingRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ValidFrom = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Gather = table.Column<int>(type: "int", nullable: false),
                    ShadowMode = table.Column<bool>(type: "bit", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillingRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CreditNoteLines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CreditNoteId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceLineId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    NetMinor = table.Column<long>(type: "bigint", nullable: false),
                    TaxMinor = table.Column<long>(type: "bigint", nullable: false),
                    Category = table.Column<int>(type: "int", nullable: false),
                    RateBasisPoints = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditNoteLines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CreditNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    Reason = table.Column<int>(type: "int", nullable: false),
                    SealedMemo = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    NetMinor = table.Column<long>(type: "bigint", nullable: false),
                    TaxMinor = table.Column<long>(type: "bigint", nullable: false),
                    GrossMinor = table.Column<long>(type: "bigint", nullable: false),
                    Settlement = table.Column<int>(type: "int", nullable: false),
                    SettledMinor = table.Column<long>(type: "bigint", nullable: false),
                    Reissues = table.Column<bool>(type: "bit", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: true, collation: "Latin1_General_100_BIN2"),
                    StripeNumber = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    StripeCreditNoteId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    MakerId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ApproverId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    IssuedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    OwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CustomerRefs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RefHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerRefs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CustomersApart",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OneId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OtherId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomersApart", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ForeignInvoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StripeInvoiceId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Number = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: true, collation: "Latin1_General_100_BIN2"),
                    StripeCustomerId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    NetMinor = table.Column<long>(type: "bigint", nullable: false),
                    GrossMinor = table.Column<long>(type: "bigint", nullable: false),
                    Reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForeignInvoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HistoryImports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    From = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Step = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Cursor = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Customers = table.Column<int>(type: "int", nullable: false),
                    Invoices = table.Column<int>(type: "int", nullable: false),
                    CreditNotes = table.Column<int>(type: "int", nullable: false),
                    Payments = table.Column<int>(type: "int", nullable: false),
                    Refunds = table.Column<int>(type: "int", nullable: false),
                    Payouts = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HistoryImports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceComments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SealedText = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceComments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceEdits",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    InvoiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    OwnerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SealedContent = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    OverHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceEdits", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "NumberSeries",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Last = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NumberSeries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Payouts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StripePayoutId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AmountMinor = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ArrivesOn = table.Column<DateOnly>(type: "date", nullable: false),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payouts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PriceVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ServiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UnitAmount = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TaxInclusive = table.Column<bool>(type: "bit", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    ValidUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Services",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TaxRateBasisPoints = table.Column<int>(type: "int", nullable: true),
                    CostMinor = table.Column<long>(type: "bigint", nullable: true),
                    CostCurrency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2"),
                    RetiredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
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
                type: "uniqueidentifier",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier");

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
                unique: true,
                filter: "[CompanyHash] IS NOT NULL");

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
                unique: true,
                filter: "[CustomerId] IS NOT NULL");

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
                unique: true,
                filter: "[Number] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CreditNotes_Status_OccurredAt",
                table: "CreditNotes",
                columns: new[] { "Status", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CreditNotes_StripeCreditNoteId",
                table: "CreditNotes",
                column: "StripeCreditNoteId",
                unique: true,
                filter: "[StripeCreditNoteId] IS NOT NULL");

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
                unique: true,
                filter: "[CustomerId] IS NOT NULL");

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
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AlterColumn<Guid>(
                name: "UserId",
                table: "InvoiceDecisions",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uniqueidentifier",
                oldNullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "RefHash",
                table: "Customers",
                type: "varbinary(32)",
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
