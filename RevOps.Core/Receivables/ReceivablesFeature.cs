using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Core.Receivables;

public static class ReceivablesFeature
{
    public static IServiceCollection AddReceivables(this IServiceCollection services) =>
        services.AddSingleton<ReceivableQueries>().AddOutboxJob<DateInvoices>().AddLateness();
}
