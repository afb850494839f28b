namespace RevOps.Web.Mail;

/// <summary>Names the texts of this folder: MailTexts.resx and MailTexts.fr.resx beside this file.</summary>
public sealed class MailTexts;
