using System.Globalization;
using System.Resources;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Mail;

namespace RevOps.Core.Identity;

/// <summary>What happened to somebody's account that they should hear of, whoever did it.</summary>
public enum AccountNews
{
    PasswordChanged,
    AuthenticatorOn,
    AuthenticatorOff,
    PasskeyAdded,
    PasskeyRemoved,
    RecoveryCodesRenewed,

    /// <summary>An administrator took the second factor away.</summary>
    SecondFactorReset,

    RolesChanged,
}

/// <summary>Mails about sign-in, in the language of whoever gets them.</summary>
public sealed class Letters(MailDesk mails, CompanyProfile company)
{
    public const string Reset = "reset";
    public const string Invitation = "invitation";
    public const string News = "account";
    public const string MoneyNews = "finance";

    private static readonly ResourceManager Texts = new(typeof(LetterTexts));

    /// <summary>Has at hand what the letters need: while the writer gate is held nothing else may be read.</summary>
    public async Task ReadyAsync(CancellationToken cancel) => await company.CurrentAsync(cancel);

    /// <summary>Adds the mail to the context, as all here.</summary>
    public Task ResetAsync(RevOpsDb db, User user, Uri link, CancellationToken cancel) =>
        QueueAsync(db, user, Reset, "Reset", cancel, isSecret: true, SignInLinks.ResetLasts, link);

    public Task InvitationAsync(RevOpsDb db, User user, Uri link, CancellationToken cancel) =>
        QueueAsync(db, user, Invitation, "Invitation", cancel, isSecret: true, SignInLinks.InvitationLasts, link);

    public Task TellAsync(RevOpsDb db, User user, AccountNews news, CancellationToken cancel) =>
        QueueAsync(db, user, News, news.ToString(), cancel, isSecret: false, lasts: null);

    /// <summary>Tells somebody who is answerable for money that another person may approve it from now on.</summary>
    public Task TellOfFinanceAsync(RevOpsDb db, User reader, User newcomer, CancellationToken cancel) =>
        QueueAsync(db, reader, MoneyNews, "FinanceGiven", cancel, isSecret: false, lasts: null, newcomer.Email!);

    private async Task QueueAsync(RevOpsDb db, User user, string kind, string text, CancellationToken cancel, bool isSecret, TimeSpan? lasts, params object[] values)
    {
        var culture = CultureInfo.GetCultureInfo(user.Language ?? "en");
        var sender = (await company.CurrentAsync(cancel)).LegalName is { Length: > 0 } name ? name : "RevOps";
        var body = string.Format(culture, TextOf(text + "Body", culture), [sender, .. values]);
        var draft = new MailDraft(kind, user.Email!, string.Format(culture, TextOf(text + "Subject", culture), sender), $"{body}\n\n{string.Format(culture, TextOf("Foot", culture), sender)}\n")
        {
            SubjectId = user.Id,
            IsSecret = isSecret,
            Lasts = lasts,
        };
        await mails.QueueAsync(db, draft, cancel);
    }

    private static string TextOf(string key, CultureInfo culture) => Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key);
}
