using RevOps.Core.Attribution.Channels;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>What receiving an event needs beside the database.</summary>
public sealed record IngestionServices(Vault Vault, IdentityGraph Identity, CompanyProfile Company, AuditTrail Audit, StripeAccount Stripe, StageRules Stages, ChannelBook Channels, ChangeFeed Feed, TimeProvider Clock)
{
    /// <summary>Whose world what comes in now belongs to: that of the account which will invoice it.</summary>
    public Mode Mode => Stripe.Connection?.Mode ?? Mode.Live;
}
