namespace RevOps.Core.Identity;

/// <summary>Names the texts of mails about sign-in: LetterTexts.resx and LetterTexts.fr.resx beside this file.</summary>
public sealed class LetterTexts;
