namespace RevOps.Web.Attribution.Review;

/// <summary>Names the texts of this folder: ReviewTexts.resx and ReviewTexts.fr.resx beside this file.</summary>
public sealed class ReviewTexts;
