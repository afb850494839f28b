namespace RevOps.Web.Billing;

/// <summary>Names the texts of credit notes: CreditNoteTexts.resx and CreditNoteTexts.fr.resx beside this file.</summary>
public sealed class CreditNoteTexts;
