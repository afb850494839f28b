using Microsoft.Extensions.DependencyInjection;

namespace RevOps.Core.Spend;

public static class SpendFeature
{
    public static IServiceCollection AddSpend(this IServiceCollection services) => services.AddSingleton<SpendReconciliation>().AddSingleton<KeepSpendFile>();
}
