using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion;
using RevOps.Web.Shared;

namespace RevOps.Web.Ingestion;

/// <summary>
/// What is wrong with a field, in the reader's language. The API says it in English, and so it is stored; here each such sentence is known
/// by its English text under <see cref="Known"/>.
/// </summary>
public static class FieldErrorWords
{
    public const string Known = "Wrong.";

    public static string Wrong(this IStringLocalizer<IngestionTexts> text, FieldError error) => text.Sentence(Known, error.Message);

    public static string PathOf(this IStringLocalizer<IngestionTexts> text, FieldError error) => error.Path.Length > 0 ? error.Path : text["WholeBody"];
}
