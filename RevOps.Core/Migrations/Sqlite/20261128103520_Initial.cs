using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RevOps.Core.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AdAccounts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Platform = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Account = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    HistoryFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ConnectedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClicksReadTo = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdAccounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AdSpend",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Platform = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Account = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    CampaignId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CampaignName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    AdsetId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    AdsetName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    AdId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    AdName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    CostMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Impressions = table.Column<long>(type: "INTEGER", nullable: true),
                    Clicks = table.Column<long>(type: "INTEGER", nullable: true),
                    Source = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdSpend", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AlertRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Figure = table.Column<int>(type: "INTEGER", nullable: false),
                    IsAbove = table.Column<bool>(type: "INTEGER", nullable: false),
                    Threshold = table.Column<double>(type: "REAL", nullable: false),
                    BackAt = table.Column<double>(type: "REAL", nullable: false),
                    Roles = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Figure = table.Column<int>(type: "INTEGER", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: true),
                    RuleId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OpenKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    IsAbove = table.Column<bool>(type: "INTEGER", nullable: true),
                    Threshold = table.Column<double>(type: "REAL", nullable: true),
                    Roles = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedValue = table.Column<double>(type: "REAL", nullable: true),
                    Value = table.Column<double>(type: "REAL", nullable: true),
                    ValueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Before = table.Column<double>(type: "REAL", nullable: true),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SnoozedUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SnoozedBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SnoozeReason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Annotations",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Topic = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Annotations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Ending = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    Scopes = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApprovalRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CustomerId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    FourEyesFromMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    AutoUpToMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    CleanInvoices = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApprovalRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetRoles",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetRoles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUsers",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    Theme = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OpenableBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", nullable: true),
                    PhoneNumber = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    LockoutEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUsers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AttributionSnapshots",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Engine = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Cursor = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PeopleToRead = table.Column<int>(type: "INTEGER", nullable: false),
                    PeopleRead = table.Column<int>(type: "INTEGER", nullable: false),
                    People = table.Column<int>(type: "INTEGER", nullable: false),
                    Touches = table.Column<int>(type: "INTEGER", nullable: false),
                    Conversions = table.Column<int>(type: "INTEGER", nullable: false),
                    Portions = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkMs = table.Column<long>(type: "INTEGER", nullable: false),
                    Erasures = table.Column<int>(type: "INTEGER", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Evidence = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttributionSnapshots", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SubjectType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedChange = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PreviousHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankAccounts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FileId = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: true),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LineId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PayoutId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    PaymentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    StatusBefore = table.Column<int>(type: "INTEGER", nullable: true),
                    PaidAtBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankMatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BantReviews",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    OutOf = table.Column<int>(type: "INTEGER", nullable: false),
                    Seed = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BantReviews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BantRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    LeastMet = table.Column<int>(type: "INTEGER", nullable: false),
                    Excluded = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BantRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BillingRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    Gather = table.Column<int>(type: "INTEGER", nullable: false),
                    ShadowMode = table.Column<bool>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillingRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Bookings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BookingId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DealId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CustomerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    SealedContent = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ContentHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    ContentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    VoiceSessionId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ContentVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BrowserEvents",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Meta = table.Column<bool>(type: "INTEGER", nullable: false),
                    Google = table.Column<bool>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BrowserEvents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Changes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Node = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kinds = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Changes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ChannelRuleSets",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    RulesJson = table.Column<string>(type: "TEXT", nullable: false),
                    Touches = table.Column<int>(type: "INTEGER", nullable: false),
                    Redecided = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    CursorAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CursorId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChannelRuleSets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CheckExemptions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CheckId = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsOn = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CheckExemptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CheckResults",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CheckId = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MeasuredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Parts = table.Column<string>(type: "TEXT", nullable: false),
                    Unknown = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CheckResults", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClaimResults",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClaimId = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MeasuredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Found = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimResults", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClosedMonths",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Evidence = table.Column<string>(type: "TEXT", nullable: false),
                    EvidenceHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    ClosedBy = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReopenAskedBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReopenReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ReopenedBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReopenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosedMonths", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CollectorCounts",
                columns: table => new
                {
                    SiteId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Fact = table.Column<int>(type: "INTEGER", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CollectorCounts", x => new { x.SiteId, x.Day, x.Fact, x.Detail });
                });

            migrationBuilder.CreateTable(
                name: "CompanyVersions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    FromSettings = table.Column<bool>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LegalName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    LegalForm = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Capital = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    RcsCity = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Siren = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    VatNumber = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    VatOnDebits = table.Column<bool>(type: "INTEGER", nullable: false),
                    AddressLine1 = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    AddressLine2 = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    PostalCode = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    City = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Country = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Iban = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Bic = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    EInvoicingAddress = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    PaymentTermsDays = table.Column<int>(type: "INTEGER", nullable: false),
                    PenaltyRateBasisPoints = table.Column<int>(type: "INTEGER", nullable: true),
                    DiscountText = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompanyVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConnectionChecks",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Platform = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LatencyMs = table.Column<int>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    SealedFacts = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Fingerprint = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConnectionChecks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConnectionValues",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SealedValue = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConnectionValues", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConnectorMappings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Connector = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Target = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ServiceCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    UnitAmount = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    TaxRateBasisPoints = table.Column<int>(type: "INTEGER", nullable: true),
                    TaxInclusive = table.Column<bool>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConnectorMappings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    HoldsMissing = table.Column<bool>(type: "INTEGER", nullable: false),
                    LimitsRefused = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Consents",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Measurement = table.Column<bool>(type: "INTEGER", nullable: true),
                    Ads = table.Column<bool>(type: "INTEGER", nullable: true),
                    Personalization = table.Column<bool>(type: "INTEGER", nullable: true),
                    TextVersion = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SealedProof = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Consents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConversionBatches",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Envelope = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HttpStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Message = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    RequestId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", nullable: true),
                    ResultAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Result = table.Column<string>(type: "TEXT", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversionBatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConversionParts",
                columns: table => new
                {
                    BatchId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    ConversionId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversionParts", x => new { x.BatchId, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "Conversions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Stage = table.Column<int>(type: "INTEGER", nullable: false),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    TransactionId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ValueMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    WholeMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Message = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    MatchKeys = table.Column<int>(type: "INTEGER", nullable: true),
                    RequestId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OutcomeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Conversions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CreditNoteLines",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreditNoteId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceLineId = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CustomerId = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    MakerId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstApproverId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ApproverId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CreditNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Credits",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PaymentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Model = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    TouchId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    Platform = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    CampaignId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    TouchedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Credits", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CrmDeals",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Deals = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CrmLists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CustomerRefs",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RefHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    CustomerId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerRefs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Customers",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CompanyHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    NameHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    EmailHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    MergedIntoId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Missing = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Gather = table.Column<int>(type: "INTEGER", nullable: true),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedDetails = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedOwn = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DetailsHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    DetailsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StripeCustomerId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    StripeMode = table.Column<int>(type: "INTEGER", nullable: true),
                    StripeDetailsHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    VatStatus = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    VatCheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    StripeTaxId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Customers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CustomersApart",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OneId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OtherId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomersApart", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DataKeys",
                columns: table => new
                {
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", maxLength: 100, nullable: true),
                    MasterVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ErasedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataKeys", x => x.OwnerId);
                });

            migrationBuilder.CreateTable(
                name: "DemoRuns",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Seed = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    DaysDone = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DemoRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DigestLetters",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Week = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MailId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DigestLetters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DigestReaders",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DigestReaders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Events",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedData = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DataHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    ParkedOn = table.Column<string>(type: "TEXT", maxLength: 250, nullable: true),
                    Repeats = table.Column<int>(type: "INTEGER", nullable: false),
                    IsSigned = table.Column<bool>(type: "INTEGER", nullable: false),
                    RepeatDiffered = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Events", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ExceptionNotes",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 250, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SealedText = table.Column<byte[]>(type: "BLOB", nullable: true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExceptionNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ForecastRuns",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Figure = table.Column<int>(type: "INTEGER", nullable: false),
                    Frequency = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Model = table.Column<int>(type: "INTEGER", nullable: false),
                    Origins = table.Column<int>(type: "INTEGER", nullable: false),
                    TestedSteps = table.Column<int>(type: "INTEGER", nullable: false),
                    Owa = table.Column<double>(type: "REAL", nullable: true),
                    Coverage80 = table.Column<double>(type: "REAL", nullable: true),
                    Coverage95 = table.Column<double>(type: "REAL", nullable: true),
                    Points = table.Column<int>(type: "INTEGER", nullable: false),
                    IsShort = table.Column<bool>(type: "INTEGER", nullable: false),
                    OutsideTwice = table.Column<bool>(type: "INTEGER", nullable: false),
                    Past = table.Column<string>(type: "TEXT", nullable: false),
                    Foreseen = table.Column<string>(type: "TEXT", nullable: false),
                    Trials = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForecastRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ForeignInvoices",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StripeInvoiceId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    StripeCustomerId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    NetMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    GrossMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: true),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HistoryImports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HookAttempts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HookId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    DurationMs = table.Column<int>(type: "INTEGER", nullable: false),
                    StatusCode = table.Column<int>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    SealedAnswer = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HookAttempts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HookDeliveries",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Connector = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    VendorId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Trigger = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    TypeKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    TypeName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    BookingId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Gaps = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    TranslatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedBody = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedEntered = table.Column<byte[]>(type: "BLOB", nullable: true),
                    EventSource = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DataHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    Repeats = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HookDeliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HookRefusals",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Connector = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HookRefusals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HookSubscriptions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Types = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    SealedSecret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedPrevious = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PreviousUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    IsEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HookSubscriptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IdentityKeys",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Standing = table.Column<int>(type: "INTEGER", nullable: false),
                    Decision = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    QuestionedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdentityKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceComments",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedText = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceComments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceDecisions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DraftVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Approved = table.Column<bool>(type: "INTEGER", nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReviewHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    SealedReason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceDecisions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceDisputes",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedNote = table.Column<byte[]>(type: "BLOB", nullable: true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceDisputes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceEdits",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedContent = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OverHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceEdits", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InvoiceLines",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DraftVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedDescription = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Quantity = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UnitAmount = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NetMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    TaxMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Category = table.Column<int>(type: "INTEGER", nullable: false),
                    RateBasisPoints = table.Column<int>(type: "INTEGER", nullable: false),
                    ServiceCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    BookingId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CatalogueAmount = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvoiceLines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Invoices",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Origin = table.Column<int>(type: "INTEGER", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CustomerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    DraftVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    NetMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    TaxMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    GrossMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    PaidMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    CreditedMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DraftedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PaymentTermsDays = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    StripeInvoiceId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    HostedUrl = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    ReviewHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    Problems = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    CompanyVersionId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedBuyer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Correction = table.Column<int>(type: "INTEGER", nullable: false),
                    EditId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    MakerId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PricesAcceptedFor = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    GatherKey = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    GathersUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DepositFor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ReplacesId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    IssuedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    MovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SettledOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "JourneyBlocks",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SnapshotId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JourneyBlocks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LateClaims",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClaimInvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    InterestMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    IndemnityMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BasisPoints = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LateRates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LaterSights",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Seen = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LaterSights", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LeadStages",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ValueMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeadStages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LiftTests",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Platform = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Method = table.Column<int>(type: "INTEGER", nullable: false),
                    HeldOut = table.Column<int>(type: "INTEGER", nullable: false),
                    Measure = table.Column<int>(type: "INTEGER", nullable: false),
                    Incremental = table.Column<double>(type: "REAL", nullable: false),
                    Low = table.Column<double>(type: "REAL", nullable: true),
                    High = table.Column<double>(type: "REAL", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    ControlConversions = table.Column<long>(type: "INTEGER", nullable: true),
                    TreatedConversions = table.Column<long>(type: "INTEGER", nullable: true),
                    ControlShare = table.Column<double>(type: "REAL", nullable: true),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LiftTests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Mails",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedRecipient = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedContent = table.Column<byte[]>(type: "BLOB", nullable: true),
                    IsSecret = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Way = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mails", x => x.Id);
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
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Job = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Argument = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Lane = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LastError = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Held = table.Column<bool>(type: "INTEGER", nullable: false),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    ClaimedBy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OutgoingHooks",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SubscriptionId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    LastStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    LastError = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    LastAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutgoingHooks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OutsideEffects",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Target = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Request = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SubjectId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedBody = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Generation = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    HttpStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    SealedAnswer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutsideEffects", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PaymentPromises",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PromisedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentPromises", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Payments",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    ReversesId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    StripePaymentId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PayoutParts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PayoutId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StripeTransactionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SourceId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: true),
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
                name: "Payouts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StripePayoutId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AmountMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ArrivesOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    IsAutomatic = table.Column<bool>(type: "INTEGER", nullable: true),
                    FailureCode = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    PartsMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    PartsReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payouts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CanonicalId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Signature = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    SealedOwn = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OwnCountry = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    OwnCountryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OwnSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SealedContact = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    Measurement = table.Column<bool>(type: "INTEGER", nullable: true),
                    Identified = table.Column<bool>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ErasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PersonAliases",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CanonicalId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Parted = table.Column<bool>(type: "INTEGER", nullable: false),
                    By = table.Column<int>(type: "INTEGER", nullable: true),
                    KeyId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonAliases", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PersonKeys",
                columns: table => new
                {
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    KeyId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonKeys", x => new { x.PersonId, x.KeyId });
                });

            migrationBuilder.CreateTable(
                name: "PixelReports",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SiteId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TouchEventId = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Meta = table.Column<bool>(type: "INTEGER", nullable: true),
                    Google = table.Column<bool>(type: "INTEGER", nullable: true),
                    EventIds = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PixelReports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PriceVersions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ServiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CustomerId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SlotStart = table.Column<long>(type: "INTEGER", nullable: true),
                    Mode = table.Column<int>(type: "INTEGER", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    UnitAmount = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TaxInclusive = table.Column<bool>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ValidUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    BeganAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PricingSettings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ServiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    TaxInclusive = table.Column<bool>(type: "INTEGER", nullable: false),
                    FloorMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    CeilingMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    StepMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    MostDailyChange = table.Column<int>(type: "INTEGER", nullable: false),
                    BoundList = table.Column<string>(type: "TEXT", nullable: false),
                    Attitude = table.Column<int>(type: "INTEGER", nullable: false),
                    ApprovalAbove = table.Column<int>(type: "INTEGER", nullable: false),
                    AcceptsByRule = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsPaused = table.Column<bool>(type: "INTEGER", nullable: false),
                    PauseReason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    FareList = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PricingSettings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PricingStudies",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    ServiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Advised = table.Column<int>(type: "INTEGER", nullable: false),
                    HasGain = table.Column<bool>(type: "INTEGER", nullable: false),
                    Found = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PricingStudies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReceivableRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    Reminds = table.Column<bool>(type: "INTEGER", nullable: false),
                    WriteOffLimitMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    FeeLimitMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivableRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RejectedEvents",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EventId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Errors = table.Column<string>(type: "TEXT", nullable: false),
                    MaskedData = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RejectedEvents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReminderRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
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
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OffsetDays = table.Column<int>(type: "INTEGER", nullable: false),
                    MailId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OwedMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reminders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RetentionRules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ValidFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    RawEventsMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    TouchesWithoutConsentMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    VoiceEvidenceMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    ProspectsMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    MailMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    AdRequestsMonths = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 13),
                    BrowserReportsMonths = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 13),
                    SpendFilesMonths = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 36)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SamePeople",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OtherId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LinkedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    LinkedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SamePeople", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Scenarios",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Inputs = table.Column<string>(type: "TEXT", nullable: false),
                    Levers = table.Column<int>(type: "INTEGER", nullable: false),
                    Seed = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Scenarios", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ScoreDays",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RevEng = table.Column<double>(type: "REAL", nullable: false),
                    MarEng = table.Column<double>(type: "REAL", nullable: false),
                    RevEngOpen = table.Column<double>(type: "REAL", nullable: false),
                    MarEngOpen = table.Column<double>(type: "REAL", nullable: false),
                    RulesVersion = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScoreDays", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Services",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
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

            migrationBuilder.CreateTable(
                name: "SiteKeys",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    PublicKey = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Origins = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    IsEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlotAdvice",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    ServiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SlotStart = table.Column<long>(type: "INTEGER", nullable: false),
                    SlotEnd = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsNewest = table.Column<bool>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    TaxInclusive = table.Column<bool>(type: "INTEGER", nullable: false),
                    BaseMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    AdvisedMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    LearningMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    LeadDays = table.Column<int>(type: "INTEGER", nullable: false),
                    Capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    Booked = table.Column<int>(type: "INTEGER", nullable: false),
                    UsualLoad = table.Column<double>(type: "REAL", nullable: true),
                    FloorMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    CeilingMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    MostDailyChange = table.Column<int>(type: "INTEGER", nullable: false),
                    FloorDays = table.Column<int>(type: "INTEGER", nullable: false),
                    ByRule = table.Column<bool>(type: "INTEGER", nullable: false),
                    Why = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    UndoneBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneToMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    PriceVersionId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    FinalLoad = table.Column<double>(type: "REAL", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotAdvice", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlotAvailability",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ServiceCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SlotStart = table.Column<long>(type: "INTEGER", nullable: false),
                    SlotEnd = table.Column<long>(type: "INTEGER", nullable: false),
                    Capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotAvailability", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlotRefusals",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ServiceCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SlotStart = table.Column<long>(type: "INTEGER", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false),
                    Requests = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotRefusals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlotSales",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    BookingId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ServiceCode = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SlotStart = table.Column<long>(type: "INTEGER", nullable: false),
                    Places = table.Column<int>(type: "INTEGER", nullable: false),
                    PriceMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    TaxInclusive = table.Column<bool>(type: "INTEGER", nullable: false),
                    TaxRateBasisPoints = table.Column<int>(type: "INTEGER", nullable: false),
                    FareClass = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    BookedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotSales", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SpendUploads",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 260, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Aside = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpendUploads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StageSettings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Stage = table.Column<int>(type: "INTEGER", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Sends = table.Column<bool>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Value = table.Column<int>(type: "INTEGER", nullable: false),
                    FixedMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    FixedCurrency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    IsShared = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsInStore = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StageSettings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Touches",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Medium = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Campaign = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Platform = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    AdPlatform = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    ReferrerHost = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true),
                    CampaignId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    AdId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    LandingPath = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ClickIdKinds = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    CapsCookies = table.Column<bool>(type: "INTEGER", nullable: true),
                    ServerCookie = table.Column<bool>(type: "INTEGER", nullable: true),
                    SealedDetails = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Touches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "VoiceSessions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SessionId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PersonId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Budget = table.Column<bool>(type: "INTEGER", nullable: true),
                    Authority = table.Column<bool>(type: "INTEGER", nullable: true),
                    Need = table.Column<bool>(type: "INTEGER", nullable: true),
                    Timeline = table.Column<bool>(type: "INTEGER", nullable: true),
                    SealedEvidence = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Qualified = table.Column<bool>(type: "INTEGER", nullable: false),
                    BantRuleId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LatencyP50Ms = table.Column<int>(type: "INTEGER", nullable: true),
                    LatencyP95Ms = table.Column<int>(type: "INTEGER", nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 35, nullable: true),
                    AiDisclosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RecordingConsent = table.Column<bool>(type: "INTEGER", nullable: true),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VoiceSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AccountTotals",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    CostMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountTotals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccountTotals_AdAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AdAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SpendReadings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    TriedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Message = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    Removed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpendReadings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SpendReadings_AdAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AdAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AspNetRoleClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RoleId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimValue = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetRoleClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetRoleClaims_AspNetRoles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "AspNetRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimValue = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetUserClaims_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "TEXT", nullable: true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_AspNetUserLogins_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserPasskeys",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserPasskeys", x => x.CredentialId);
                    table.ForeignKey(
                        name: "FK_AspNetUserPasskeys_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserRoles",
                columns: table => new
                {
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RoleId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserRoles", x => new { x.UserId, x.RoleId });
                    table.ForeignKey(
                        name: "FK_AspNetUserRoles_AspNetRoles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "AspNetRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AspNetUserRoles_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserTokens",
                columns: table => new
                {
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_AspNetUserTokens_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Sessions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsKept = table.Column<bool>(type: "INTEGER", nullable: false),
                    Method = table.Column<int>(type: "INTEGER", nullable: false),
                    IsStrong = table.Column<bool>(type: "INTEGER", nullable: false),
                    Browser = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    System = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Sessions_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BantReadings",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ReviewId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SessionId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Budget = table.Column<bool>(type: "INTEGER", nullable: true),
                    Authority = table.Column<bool>(type: "INTEGER", nullable: true),
                    Need = table.Column<bool>(type: "INTEGER", nullable: true),
                    Timeline = table.Column<bool>(type: "INTEGER", nullable: true),
                    Qualified = table.Column<bool>(type: "INTEGER", nullable: true),
                    ReaderId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SealedNote = table.Column<byte[]>(type: "BLOB", nullable: true),
                    NoteOwnerId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BantReadings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BantReadings_BantReviews_ReviewId",
                        column: x => x.ReviewId,
                        principalTable: "BantReviews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "BantRules",
                columns: new[] { "Id", "EnteredBy", "Excluded", "LeastMet", "ValidFrom" },
                values: new object[] { new byte[] { 0, 0, 0, 0, 0, 0, 112, 0, 128, 0, 0, 0, 0, 0, 0, 2 }, null, "Unqualified", 3, 621355968000000000L });

            migrationBuilder.InsertData(
                table: "ChannelRuleSets",
                columns: new[] { "Id", "Changed", "CursorAt", "CursorId", "EndedAt", "EnteredAt", "EnteredBy", "Number", "Redecided", "RulesJson", "StartedAt", "Touches", "ValidFrom" },
                values: new object[] { new byte[] { 0, 0, 0, 0, 0, 0, 112, 0, 128, 0, 0, 0, 0, 0, 0, 5 }, 0, null, null, 621355968000000000L, 621355968000000000L, null, 1, 0, "[{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Any\",\"words\":[]},\"click\":{\"test\":\"Is\",\"words\":[\"gclid\",\"gbraid\",\"wbraid\",\"msclkid\"]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Any\",\"words\":[]},\"click\":{\"test\":\"Present\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_social\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"medium\":{\"test\":\"Is\",\"words\":[\"cpc\",\"ppc\",\"paid\",\"paidsearch\",\"paid_search\",\"sem\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_social\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"cpc\",\"ppc\",\"paid\",\"paidsearch\",\"paid_search\",\"sem\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"paid_social\",\"paidsocial\",\"cpm\",\"paid-social\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"paid_social\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"email\",\"e-mail\",\"newsletter\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"email\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"affiliate\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"affiliate\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"social\",\"organic_social\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"medium\":{\"test\":\"Is\",\"words\":[\"organic\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"organic\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Is\",\"words\":[\"referral\"]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"referral\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Empty\",\"words\":[]},\"channel\":\"direct\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Contains\",\"words\":[\"google\",\"bing\",\"duckduckgo\",\"ecosia\",\"qwant\",\"yahoo\",\"baidu\",\"yandex\"]},\"channel\":\"organic_search\"},{\"source\":{\"test\":\"Empty\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"referral\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"facebook\",\"instagram\",\"meta\",\"fb\",\"ig\",\"linkedin\",\"tiktok\",\"twitter\",\"x.com\",\"t.co\",\"pinterest\",\"youtube\",\"reddit\",\"snapchat\"]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_social\"},{\"source\":{\"test\":\"Contains\",\"words\":[\"google\",\"bing\",\"duckduckgo\",\"ecosia\",\"qwant\",\"yahoo\",\"baidu\",\"yandex\"]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"organic_search\"},{\"source\":{\"test\":\"Any\",\"words\":[]},\"medium\":{\"test\":\"Empty\",\"words\":[]},\"click\":{\"test\":\"Any\",\"words\":[]},\"referrer\":{\"test\":\"Any\",\"words\":[]},\"channel\":\"referral\"}]", null, 0, 621355968000000000L });

            migrationBuilder.InsertData(
                table: "ConsentRules",
                columns: new[] { "Id", "EnteredBy", "HoldsMissing", "LimitsRefused", "ValidFrom" },
                values: new object[] { new byte[] { 0, 0, 0, 0, 0, 0, 112, 0, 128, 0, 0, 0, 0, 0, 0, 6 }, null, false, false, 621355968000000000L });

            migrationBuilder.InsertData(
                table: "RetentionRules",
                columns: new[] { "Id", "AdRequestsMonths", "BrowserReportsMonths", "EnteredBy", "MailMonths", "ProspectsMonths", "RawEventsMonths", "SpendFilesMonths", "TouchesWithoutConsentMonths", "ValidFrom", "VoiceEvidenceMonths" },
                values: new object[] { new byte[] { 0, 0, 0, 0, 0, 0, 112, 0, 128, 0, 0, 0, 0, 0, 0, 3 }, 13, 13, null, 36, 36, 36, 36, 13, 621355968000000000L, 12 });

            migrationBuilder.CreateIndex(
                name: "IX_AccountTotals_AccountId_Day",
                table: "AccountTotals",
                columns: new[] { "AccountId", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AdAccounts_Platform_Account_Mode",
                table: "AdAccounts",
                columns: new[] { "Platform", "Account", "Mode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AdSpend_AdId_Mode",
                table: "AdSpend",
                columns: new[] { "AdId", "Mode" });

            migrationBuilder.CreateIndex(
                name: "IX_AdSpend_Day_Mode_Currency",
                table: "AdSpend",
                columns: new[] { "Day", "Mode", "Currency" });

            migrationBuilder.CreateIndex(
                name: "IX_AdSpend_Platform_Account_Day_CampaignId_AdsetId_AdId_Mode",
                table: "AdSpend",
                columns: new[] { "Platform", "Account", "Day", "CampaignId", "AdsetId", "AdId", "Mode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Mode_ClosedAt",
                table: "Alerts",
                columns: new[] { "Mode", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Mode_OpenKey",
                table: "Alerts",
                columns: new[] { "Mode", "OpenKey" },
                unique: true,
                filter: "\"OpenKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Annotations_Day",
                table: "Annotations",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Hash",
                table: "ApiKeys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRules_CustomerId_Currency",
                table: "ApprovalRules",
                columns: new[] { "CustomerId", "Currency" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetRoleClaims_RoleId",
                table: "AspNetRoleClaims",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                table: "AspNetRoles",
                column: "NormalizedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserClaims_UserId",
                table: "AspNetUserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserLogins_UserId",
                table: "AspNetUserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserPasskeys_UserId",
                table: "AspNetUserPasskeys",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserRoles_RoleId",
                table: "AspNetUserRoles",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "AspNetUsers",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "AspNetUsers",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AttributionSnapshots_FinishedAt",
                table: "AttributionSnapshots",
                column: "FinishedAt");

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

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Sequence",
                table: "Audit",
                column: "Sequence",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Audit_SubjectType_SubjectId",
                table: "Audit",
                columns: new[] { "SubjectType", "SubjectId" });

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
                name: "IX_BankMatches_PaymentId",
                table: "BankMatches",
                column: "PaymentId");

            migrationBuilder.CreateIndex(
                name: "IX_BankMatches_PayoutId",
                table: "BankMatches",
                column: "PayoutId",
                unique: true,
                filter: "\"UndoneAt\" IS NULL AND \"PayoutId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_BantReadings_ReviewId_Position",
                table: "BantReadings",
                columns: new[] { "ReviewId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BantReadings_SessionId",
                table: "BantReadings",
                column: "SessionId");

            migrationBuilder.CreateIndex(
                name: "IX_BantReviews_CreatedAt",
                table: "BantReviews",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_BantRules_ValidFrom",
                table: "BantRules",
                column: "ValidFrom",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BillingRules_ValidFrom",
                table: "BillingRules",
                column: "ValidFrom");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_BookingId",
                table: "Bookings",
                column: "BookingId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_DealId",
                table: "Bookings",
                column: "DealId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_InvoiceId",
                table: "Bookings",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_OccurredAt",
                table: "Bookings",
                column: "OccurredAt");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_PersonId",
                table: "Bookings",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_BrowserEvents_EventId",
                table: "BrowserEvents",
                column: "EventId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Changes_RecordedAt",
                table: "Changes",
                column: "RecordedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ChannelRuleSets_Number",
                table: "ChannelRuleSets",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CheckExemptions_CheckId",
                table: "CheckExemptions",
                column: "CheckId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CheckResults_Mode_Day_CheckId",
                table: "CheckResults",
                columns: new[] { "Mode", "Day", "CheckId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClaimResults_Mode_ClaimId_Day",
                table: "ClaimResults",
                columns: new[] { "Mode", "ClaimId", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClosedMonths_Mode_Month_ClosedAt",
                table: "ClosedMonths",
                columns: new[] { "Mode", "Month", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CompanyVersions_ValidFrom",
                table: "CompanyVersions",
                column: "ValidFrom");

            migrationBuilder.CreateIndex(
                name: "IX_ConnectionChecks_Platform",
                table: "ConnectionChecks",
                column: "Platform",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ConnectionValues_Name",
                table: "ConnectionValues",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ConnectorMappings_Connector_Kind_Key",
                table: "ConnectorMappings",
                columns: new[] { "Connector", "Kind", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRules_ValidFrom",
                table: "ConsentRules",
                column: "ValidFrom",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Consents_PersonId_OccurredAt",
                table: "Consents",
                columns: new[] { "PersonId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversionBatches_Platform_SentAt",
                table: "ConversionBatches",
                columns: new[] { "Platform", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversionParts_ConversionId",
                table: "ConversionParts",
                column: "ConversionId");

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_Mode_OccurredAt",
                table: "Conversions",
                columns: new[] { "Mode", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_PersonId",
                table: "Conversions",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_Platform_DueAt_Id",
                table: "Conversions",
                columns: new[] { "Platform", "DueAt", "Id" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_Platform_EventId",
                table: "Conversions",
                columns: new[] { "Platform", "EventId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_Status_OccurredAt",
                table: "Conversions",
                columns: new[] { "Status", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_SubjectId",
                table: "Conversions",
                column: "SubjectId");

            migrationBuilder.CreateIndex(
                name: "IX_Conversions_TransactionId",
                table: "Conversions",
                column: "TransactionId");

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
                name: "IX_Credits_PaidAt",
                table: "Credits",
                column: "PaidAt");

            migrationBuilder.CreateIndex(
                name: "IX_Credits_PaymentId_Model",
                table: "Credits",
                columns: new[] { "PaymentId", "Model" });

            migrationBuilder.CreateIndex(
                name: "IX_Credits_TouchedAt",
                table: "Credits",
                column: "TouchedAt");

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
                name: "IX_CustomerRefs_CustomerId",
                table: "CustomerRefs",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerRefs_RefHash",
                table: "CustomerRefs",
                column: "RefHash",
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
                name: "IX_Customers_StripeCustomerId",
                table: "Customers",
                column: "StripeCustomerId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CustomersApart_OneId_OtherId",
                table: "CustomersApart",
                columns: new[] { "OneId", "OtherId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DigestLetters_Week_UserId",
                table: "DigestLetters",
                columns: new[] { "Week", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DigestReaders_UserId",
                table: "DigestReaders",
                column: "UserId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Events_Ignored",
                table: "Events",
                column: "RecordedAt",
                filter: "\"Status\" = 3");

            migrationBuilder.CreateIndex(
                name: "IX_Events_Parked",
                table: "Events",
                column: "RecordedAt",
                filter: "\"Status\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_Events_ParkedOn",
                table: "Events",
                column: "ParkedOn",
                filter: "\"ParkedOn\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Events_RecordedAt",
                table: "Events",
                column: "RecordedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Events_Source_EventId",
                table: "Events",
                columns: new[] { "Source", "EventId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Events_Type_Status_RecordedAt",
                table: "Events",
                columns: new[] { "Type", "Status", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ExceptionNotes_Subject",
                table: "ExceptionNotes",
                column: "Subject",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ForecastRuns_Mode_Figure_Frequency_Day",
                table: "ForecastRuns",
                columns: new[] { "Mode", "Figure", "Frequency", "Day" },
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
                name: "IX_HookAttempts_At",
                table: "HookAttempts",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_HookAttempts_HookId_At",
                table: "HookAttempts",
                columns: new[] { "HookId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_HookDeliveries_Connector_Subject",
                table: "HookDeliveries",
                columns: new[] { "Connector", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_HookDeliveries_Connector_VendorId",
                table: "HookDeliveries",
                columns: new[] { "Connector", "VendorId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HookDeliveries_RecordedAt",
                table: "HookDeliveries",
                column: "RecordedAt");

            migrationBuilder.CreateIndex(
                name: "IX_HookDeliveries_Status_RecordedAt",
                table: "HookDeliveries",
                columns: new[] { "Status", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_HookRefusals_Connector_Day",
                table: "HookRefusals",
                columns: new[] { "Connector", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_DecidedAt",
                table: "IdentityKeys",
                column: "DecidedAt",
                filter: "\"Decision\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_Decision_QuestionedAt",
                table: "IdentityKeys",
                columns: new[] { "Decision", "QuestionedAt" },
                filter: "\"Standing\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityKeys_Kind_Hash",
                table: "IdentityKeys",
                columns: new[] { "Kind", "Hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceComments_InvoiceId_OccurredAt",
                table: "InvoiceComments",
                columns: new[] { "InvoiceId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceDecisions_InvoiceId_DraftVersion_Step",
                table: "InvoiceDecisions",
                columns: new[] { "InvoiceId", "DraftVersion", "Step" },
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
                name: "IX_InvoiceEdits_InvoiceId_Number",
                table: "InvoiceEdits",
                columns: new[] { "InvoiceId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InvoiceLines_InvoiceId_DraftVersion_Position",
                table: "InvoiceLines",
                columns: new[] { "InvoiceId", "DraftVersion", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_CustomerId_GatherKey",
                table: "Invoices",
                columns: new[] { "CustomerId", "GatherKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_DepositFor",
                table: "Invoices",
                column: "DepositFor");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Mode_Currency_IssuedOn_Status_GrossMinor",
                table: "Invoices",
                columns: new[] { "Mode", "Currency", "IssuedOn", "Status", "GrossMinor" });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Open",
                table: "Invoices",
                columns: new[] { "Mode", "Currency", "SettledOn", "IssuedOn", "Status", "MovedOn", "DueOn", "CustomerId", "GrossMinor", "CreditedMinor", "PaidMinor", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_PersonId",
                table: "Invoices",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_ReplacesId",
                table: "Invoices",
                column: "ReplacesId");

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_Status_OccurredAt",
                table: "Invoices",
                columns: new[] { "Status", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Invoices_StripeInvoiceId",
                table: "Invoices",
                column: "StripeInvoiceId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_JourneyBlocks_SnapshotId_Number",
                table: "JourneyBlocks",
                columns: new[] { "SnapshotId", "Number" },
                unique: true);

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
                name: "IX_LeadStages_PersonId_OccurredAt",
                table: "LeadStages",
                columns: new[] { "PersonId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_LiftTests_Channel_From",
                table: "LiftTests",
                columns: new[] { "Channel", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Mails_State_RecordedAt",
                table: "Mails",
                columns: new[] { "State", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Mails_SubjectId_RecordedAt",
                table: "Mails",
                columns: new[] { "SubjectId", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_Job_Key",
                table: "Outbox",
                columns: new[] { "Job", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_State_NotBefore",
                table: "Outbox",
                columns: new[] { "State", "NotBefore" });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingHooks_RecordedAt",
                table: "OutgoingHooks",
                column: "RecordedAt");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingHooks_Status_RecordedAt",
                table: "OutgoingHooks",
                columns: new[] { "Status", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingHooks_SubscriptionId_RecordedAt",
                table: "OutgoingHooks",
                columns: new[] { "SubscriptionId", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutsideEffects_Key",
                table: "OutsideEffects",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutsideEffects_SubjectId",
                table: "OutsideEffects",
                column: "SubjectId");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentPromises_InvoiceId_OccurredAt",
                table: "PaymentPromises",
                columns: new[] { "InvoiceId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_InvoiceId_OccurredAt_AmountMinor",
                table: "Payments",
                columns: new[] { "InvoiceId", "OccurredAt", "AmountMinor" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_OccurredAt",
                table: "Payments",
                column: "OccurredAt");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_StripePaymentId",
                table: "Payments",
                column: "StripePaymentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_InvoiceId",
                table: "PayoutParts",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_PayoutId",
                table: "PayoutParts",
                column: "PayoutId");

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_SourceId",
                table: "PayoutParts",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_PayoutParts_StripeTransactionId",
                table: "PayoutParts",
                column: "StripeTransactionId",
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
                name: "IX_People_CanonicalId",
                table: "People",
                column: "CanonicalId");

            migrationBuilder.CreateIndex(
                name: "IX_People_LastSeenAt",
                table: "People",
                column: "LastSeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_People_Signature",
                table: "People",
                column: "Signature",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PersonAliases_PersonId",
                table: "PersonAliases",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_PersonKeys_KeyId",
                table: "PersonKeys",
                column: "KeyId");

            migrationBuilder.CreateIndex(
                name: "IX_PixelReports_PersonId",
                table: "PixelReports",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_PixelReports_SiteId_OccurredAt",
                table: "PixelReports",
                columns: new[] { "SiteId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PixelReports_SiteId_TouchEventId",
                table: "PixelReports",
                columns: new[] { "SiteId", "TouchEventId" },
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
                filter: "\"CustomerId\" IS NOT NULL AND \"SlotStart\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PriceVersions_ServiceId_SlotStart_Currency_BeganAt",
                table: "PriceVersions",
                columns: new[] { "ServiceId", "SlotStart", "Currency", "BeganAt" },
                unique: true,
                filter: "\"SlotStart\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PricingSettings_ServiceId_Number",
                table: "PricingSettings",
                columns: new[] { "ServiceId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PricingStudies_Mode_ServiceId_Day",
                table: "PricingStudies",
                columns: new[] { "Mode", "ServiceId", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReceivableRules_ValidFrom",
                table: "ReceivableRules",
                column: "ValidFrom");

            migrationBuilder.CreateIndex(
                name: "IX_RejectedEvents_RecordedAt",
                table: "RejectedEvents",
                column: "RecordedAt");

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

            migrationBuilder.CreateIndex(
                name: "IX_RetentionRules_ValidFrom",
                table: "RetentionRules",
                column: "ValidFrom",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SamePeople_OtherId",
                table: "SamePeople",
                column: "OtherId");

            migrationBuilder.CreateIndex(
                name: "IX_SamePeople_PersonId_OtherId",
                table: "SamePeople",
                columns: new[] { "PersonId", "OtherId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Scenarios_Name",
                table: "Scenarios",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ScoreDays_Mode_Day",
                table: "ScoreDays",
                columns: new[] { "Mode", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Services_Code",
                table: "Services",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ExpiresAt",
                table: "Sessions",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_UserId",
                table: "Sessions",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_SiteKeys_PublicKey",
                table: "SiteKeys",
                column: "PublicKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SlotAdvice_Mode_IsNewest_SlotStart",
                table: "SlotAdvice",
                columns: new[] { "Mode", "IsNewest", "SlotStart" });

            migrationBuilder.CreateIndex(
                name: "IX_SlotAdvice_Mode_ServiceId_SlotStart_Day",
                table: "SlotAdvice",
                columns: new[] { "Mode", "ServiceId", "SlotStart", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SlotAdvice_Mode_State_DecidedAt",
                table: "SlotAdvice",
                columns: new[] { "Mode", "State", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SlotAvailability_ServiceCode_SlotStart",
                table: "SlotAvailability",
                columns: new[] { "ServiceCode", "SlotStart" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SlotRefusals_SlotStart",
                table: "SlotRefusals",
                column: "SlotStart");

            migrationBuilder.CreateIndex(
                name: "IX_SlotSales_BookingId",
                table: "SlotSales",
                column: "BookingId");

            migrationBuilder.CreateIndex(
                name: "IX_SlotSales_Mode_SlotStart",
                table: "SlotSales",
                columns: new[] { "Mode", "SlotStart" });

            migrationBuilder.CreateIndex(
                name: "IX_SpendReadings_AccountId_Kind_From_AskedAt",
                table: "SpendReadings",
                columns: new[] { "AccountId", "Kind", "From", "AskedAt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SpendReadings_AskedAt",
                table: "SpendReadings",
                column: "AskedAt");

            migrationBuilder.CreateIndex(
                name: "IX_StageSettings_Stage_Platform",
                table: "StageSettings",
                columns: new[] { "Stage", "Platform" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Touches_Channel_OccurredAt_PersonId",
                table: "Touches",
                columns: new[] { "Channel", "OccurredAt", "PersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_Touches_OccurredAt_CapsCookies_ServerCookie",
                table: "Touches",
                columns: new[] { "OccurredAt", "CapsCookies", "ServerCookie" });

            migrationBuilder.CreateIndex(
                name: "IX_Touches_PersonId_OccurredAt",
                table: "Touches",
                columns: new[] { "PersonId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VoiceSessions_PersonId_StartedAt",
                table: "VoiceSessions",
                columns: new[] { "PersonId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VoiceSessions_SessionId",
                table: "VoiceSessions",
                column: "SessionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VoiceSessions_StartedAt",
                table: "VoiceSessions",
                column: "StartedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountTotals");

            migrationBuilder.DropTable(
                name: "AdSpend");

            migrationBuilder.DropTable(
                name: "AlertRules");

            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropTable(
                name: "Annotations");

            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "ApprovalRules");

            migrationBuilder.DropTable(
                name: "AspNetRoleClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserLogins");

            migrationBuilder.DropTable(
                name: "AspNetUserPasskeys");

            migrationBuilder.DropTable(
                name: "AspNetUserRoles");

            migrationBuilder.DropTable(
                name: "AspNetUserTokens");

            migrationBuilder.DropTable(
                name: "AttributionSnapshots");

            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "BankAccounts");

            migrationBuilder.DropTable(
                name: "BankFiles");

            migrationBuilder.DropTable(
                name: "BankLines");

            migrationBuilder.DropTable(
                name: "BankMatches");

            migrationBuilder.DropTable(
                name: "BantReadings");

            migrationBuilder.DropTable(
                name: "BantRules");

            migrationBuilder.DropTable(
                name: "BillingRules");

            migrationBuilder.DropTable(
                name: "Bookings");

            migrationBuilder.DropTable(
                name: "BrowserEvents");

            migrationBuilder.DropTable(
                name: "Changes");

            migrationBuilder.DropTable(
                name: "ChannelRuleSets");

            migrationBuilder.DropTable(
                name: "CheckExemptions");

            migrationBuilder.DropTable(
                name: "CheckResults");

            migrationBuilder.DropTable(
                name: "ClaimResults");

            migrationBuilder.DropTable(
                name: "ClosedMonths");

            migrationBuilder.DropTable(
                name: "CollectorCounts");

            migrationBuilder.DropTable(
                name: "CompanyVersions");

            migrationBuilder.DropTable(
                name: "ConnectionChecks");

            migrationBuilder.DropTable(
                name: "ConnectionValues");

            migrationBuilder.DropTable(
                name: "ConnectorMappings");

            migrationBuilder.DropTable(
                name: "ConsentRules");

            migrationBuilder.DropTable(
                name: "Consents");

            migrationBuilder.DropTable(
                name: "ConversionBatches");

            migrationBuilder.DropTable(
                name: "ConversionParts");

            migrationBuilder.DropTable(
                name: "Conversions");

            migrationBuilder.DropTable(
                name: "CreditNoteLines");

            migrationBuilder.DropTable(
                name: "CreditNotes");

            migrationBuilder.DropTable(
                name: "Credits");

            migrationBuilder.DropTable(
                name: "CrmDeals");

            migrationBuilder.DropTable(
                name: "CrmLists");

            migrationBuilder.DropTable(
                name: "CustomerRefs");

            migrationBuilder.DropTable(
                name: "Customers");

            migrationBuilder.DropTable(
                name: "CustomersApart");

            migrationBuilder.DropTable(
                name: "DataKeys");

            migrationBuilder.DropTable(
                name: "DemoRuns");

            migrationBuilder.DropTable(
                name: "DigestLetters");

            migrationBuilder.DropTable(
                name: "DigestReaders");

            migrationBuilder.DropTable(
                name: "Events");

            migrationBuilder.DropTable(
                name: "ExceptionNotes");

            migrationBuilder.DropTable(
                name: "ForecastRuns");

            migrationBuilder.DropTable(
                name: "ForeignInvoices");

            migrationBuilder.DropTable(
                name: "HistoryImports");

            migrationBuilder.DropTable(
                name: "HookAttempts");

            migrationBuilder.DropTable(
                name: "HookDeliveries");

            migrationBuilder.DropTable(
                name: "HookRefusals");

            migrationBuilder.DropTable(
                name: "HookSubscriptions");

            migrationBuilder.DropTable(
                name: "IdentityKeys");

            migrationBuilder.DropTable(
                name: "InvoiceComments");

            migrationBuilder.DropTable(
                name: "InvoiceDecisions");

            migrationBuilder.DropTable(
                name: "InvoiceDisputes");

            migrationBuilder.DropTable(
                name: "InvoiceEdits");

            migrationBuilder.DropTable(
                name: "InvoiceLines");

            migrationBuilder.DropTable(
                name: "Invoices");

            migrationBuilder.DropTable(
                name: "JourneyBlocks");

            migrationBuilder.DropTable(
                name: "LateClaims");

            migrationBuilder.DropTable(
                name: "LateRates");

            migrationBuilder.DropTable(
                name: "LaterSights");

            migrationBuilder.DropTable(
                name: "LeadStages");

            migrationBuilder.DropTable(
                name: "LiftTests");

            migrationBuilder.DropTable(
                name: "Mails");

            migrationBuilder.DropTable(
                name: "NumberSeries");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "OutgoingHooks");

            migrationBuilder.DropTable(
                name: "OutsideEffects");

            migrationBuilder.DropTable(
                name: "PaymentPromises");

            migrationBuilder.DropTable(
                name: "Payments");

            migrationBuilder.DropTable(
                name: "PayoutParts");

            migrationBuilder.DropTable(
                name: "Payouts");

            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropTable(
                name: "PersonAliases");

            migrationBuilder.DropTable(
                name: "PersonKeys");

            migrationBuilder.DropTable(
                name: "PixelReports");

            migrationBuilder.DropTable(
                name: "PriceVersions");

            migrationBuilder.DropTable(
                name: "PricingSettings");

            migrationBuilder.DropTable(
                name: "PricingStudies");

            migrationBuilder.DropTable(
                name: "ReceivableRules");

            migrationBuilder.DropTable(
                name: "RejectedEvents");

            migrationBuilder.DropTable(
                name: "ReminderRules");

            migrationBuilder.DropTable(
                name: "Reminders");

            migrationBuilder.DropTable(
                name: "RetentionRules");

            migrationBuilder.DropTable(
                name: "SamePeople");

            migrationBuilder.DropTable(
                name: "Scenarios");

            migrationBuilder.DropTable(
                name: "ScoreDays");

            migrationBuilder.DropTable(
                name: "Services");

            migrationBuilder.DropTable(
                name: "Sessions");

            migrationBuilder.DropTable(
                name: "SiteKeys");

            migrationBuilder.DropTable(
                name: "SlotAdvice");

            migrationBuilder.DropTable(
                name: "SlotAvailability");

            migrationBuilder.DropTable(
                name: "SlotRefusals");

            migrationBuilder.DropTable(
                name: "SlotSales");

            migrationBuilder.DropTable(
                name: "SpendReadings");

            migrationBuilder.DropTable(
                name: "SpendUploads");

            migrationBuilder.DropTable(
                name: "StageSettings");

            migrationBuilder.DropTable(
                name: "Touches");

            migrationBuilder.DropTable(
                name: "VoiceSessions");

            migrationBuilder.DropTable(
                name: "AspNetRoles");

            migrationBuilder.DropTable(
                name: "BantReviews");

            migrationBuilder.DropTable(
                name: "AspNetUsers");

            migrationBuilder.DropTable(
                name: "AdAccounts");
        }
    }
}
