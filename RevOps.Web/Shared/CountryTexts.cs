namespace RevOps.Web.Shared;

/// <summary>Names the countries by their codes: CountryTexts.resx and CountryTexts.fr.resx beside this file (CLDR). .NET knows them in their own language only.</summary>
public sealed class CountryTexts;
