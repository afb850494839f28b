namespace RevOps.Web.Shared;

/// <summary>Names the words of the audit trail, an action each: AuditTexts.resx and AuditTexts.fr.resx beside this file.</summary>
public sealed class AuditTexts;
