namespace RevOps.Web.Reconciliation;

/// <summary>Names the texts of this folder: ReconciliationTexts.resx and ReconciliationTexts.fr.resx beside this file.</summary>
public sealed class ReconciliationTexts;
