namespace RevOps.Web.Attribution.People;

/// <summary>Marker for the texts of the pages of people.</summary>
public sealed class PeopleTexts;
