using System.Globalization;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using MimeKit;
using RevOps.Core.Data;

namespace RevOps.Core.Platform.Mail;

/// <summary>Hands a mail to the SMTP server of the settings, or writes it into the data folder where there is none.</summary>
public sealed class MailSender(IOptions<MailOptions> options, IConfiguration configuration)
{
    public const string Smtp = "smtp";
    public const string File = "file";

    private const string NobodysAddress = "revops@localhost";

    /// <summary>By which way it left.</summary>
    public async Task<string> SendAsync(StoredMail mail, string recipient, MailContent content, CancellationToken cancel)
    {
        using var message = MessageOf(mail, recipient, content);
        if (!options.Value.HasServer)
        {
            await WriteAsync(mail, message, cancel);
            return File;
        }

        await SendAsync(message, cancel);
        return Smtp;
    }

    private MimeMessage MessageOf(StoredMail mail, string recipient, MailContent content)
    {
        var from = MailboxAddress.Parse(options.Value.From is { Length: > 0 } given ? given : NobodysAddress);
        var message = new MimeMessage { Subject = content.Subject, Date = mail.RecordedAt, Body = new TextPart("plain") { Text = content.Text } };

        // The same id each time: a mail that left twice, because we died between sending and writing it down, can be told to be one.
        message.MessageId = $"{mail.Id:N}@{from.Domain}";
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(recipient));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private async Task SendAsync(MimeMessage message, CancellationToken cancel)
    {
        var server = options.Value;
        using var smtp = new SmtpClient();
        smtp.Timeout = 30_000;
        await smtp.ConnectAsync(server.Host!, server.Port, SecurityOf(server), cancel);
        if (!string.IsNullOrEmpty(server.User))
            await smtp.AuthenticateAsync(server.User, server.Password ?? "", cancel);
        await smtp.SendAsync(message, cancel);
        await smtp.DisconnectAsync(quit: true, cancel);
    }

    private static SecureSocketOptions SecurityOf(MailOptions server) => (server.Security ?? (server.Port == 465 ? MailSecurity.Tls : MailSecurity.StartTls)) switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    internal static string FolderOf(IConfiguration configuration) => Path.Combine(DataFolder.Of(configuration), "mail");

    internal static string FileOf(StoredMail mail) => $"{mail.RecordedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{mail.Kind}-{mail.Id.ToString("N")[^8..]}.eml";

    private async Task WriteAsync(StoredMail mail, MimeMessage message, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(FolderOf(configuration)).FullName;
        var name = FileOf(mail);
        var draft = Path.Combine(folder, name + ".new");
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        await using (var stream = new FileStream(draft, file))
            await message.WriteToAsync(stream, cancel);
        System.IO.File.Move(draft, Path.Combine(folder, name), overwrite: true);
    }
}
