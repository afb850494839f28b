namespace RevOps.Web.Jobs;

/// <summary>Names the texts of this folder: JobsTexts.resx and JobsTexts.fr.resx beside this file.</summary>
public sealed class JobsTexts;
