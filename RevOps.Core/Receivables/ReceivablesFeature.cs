using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables.Cash;
using RevOps.Core.Receivables.Payouts;

namespace RevOps.Core.Receivables;

public static class ReceivablesFeature
{
    public static IServiceCollection AddReceivables(this IServiceCollection services) =>
        services.AddSingleton<ReceivableQueries>().AddSingleton<IssuedQueries>().AddSingleton<Annotations>().AddSingleton<PayoutQueries>().AddSingleton<CashQueries>().AddOutboxJob<DateInvoices>().AddOutboxJob<DecomposePayout>();
}
