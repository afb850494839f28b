namespace RevOps.Core.Receivables.Lateness;

/// <summary>Names the words of a claim's lines: ClaimTexts.resx and ClaimTexts.fr.resx beside this file.</summary>
public sealed class ClaimTexts;
