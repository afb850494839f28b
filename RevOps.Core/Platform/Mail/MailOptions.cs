namespace RevOps.Core.Platform.Mail;

public enum MailSecurity
{
    /// <summary>Begins in clear and must turn to TLS before anything is said.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte, as port 465 speaks it.</summary>
    Tls = 1,

    /// <summary>In clear: for a server on the same machine or network.</summary>
    None = 2,
}

/// <summary>The SMTP server that mails go to; without one they are written as files.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    public MailSecurity? Security { get; set; }
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>"Agency &lt;billing@agency.example&gt;" or the address alone.</summary>
    public string? From { get; set; }

    public bool HasServer => !string.IsNullOrWhiteSpace(Host);
}
