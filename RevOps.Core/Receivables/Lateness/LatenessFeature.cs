using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Receivables.Lateness;

public static class LatenessFeature
{
    public static IServiceCollection AddLateness(this IServiceCollection services) => services
        .AddSingleton<LateQueries>().AddSingleton<DaysToPayQueries>().AddSingleton<CallQueries>().AddSingleton<ReminderQueries>().AddSingleton<InvoiceStandings>()
        .AddSingleton<LateRates>().AddSingleton<ReminderRules>().AddSingleton<LateDesk>().AddSingleton<WriteReminder>()
        .AddOutboxJob<SendReminders>().AddOutboxJob<MailReminder>();
}
