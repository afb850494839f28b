using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Platform.Mail;

public static class MailFeature
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section));
        services.AddSingleton<MailSender>().AddSingleton<MailDesk>().AddSingleton<MailQueries>();
        return services.AddOutboxJob<SendMail>().AddOutboxJob<ForgetMails>();
    }
}
