using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables.Cash;
using RevOps.Core.Receivables.Lateness;
using RevOps.Core.Receivables.Matching;
using RevOps.Core.Receivables.Payouts;
using RevOps.Core.Receivables.Reconciliation;

namespace RevOps.Core.Receivables;

public static class ReceivablesFeature
{
    /// <summary>Setting: the folder that is watched for bank statements; "bank" in the data folder when left out.</summary>
    public const string BankFolderKey = "Bank:Folder";

    public static IServiceCollection AddReceivables(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ReceivableQueries>().AddSingleton<IssuedQueries>().AddSingleton<PayoutQueries>().AddSingleton<CashQueries>();
        services.AddSingleton<ReconciliationQueries>().AddSingleton<MonthDesk>().AddSingleton<KeepCrmList>();
        services.AddSingleton<KeepBankFiles>().AddSingleton<BankFileQueries>().AddSingleton<OwedInvoices>().AddSingleton<BankLineReader>();
        services.AddSingleton(given => ActivatorUtilities.CreateInstance<BankFolder>(given, configuration[BankFolderKey] is { Length: > 0 } folder ? Path.GetFullPath(folder) : Path.Combine(DataFolder.Of(configuration), "bank")));
        return services.AddOutboxJob<DecomposePayout>().AddLateness();
    }
}
