using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using RevOps.Web.Shared;

namespace RevOps.Web.Jobs;

/// <summary>Why a job has not finished, for people: without the class of the exception, and in their language where the sentence is our own.</summary>
internal static partial class JobError
{
    public const string Known = "Error.";

    public static string Reason(this IStringLocalizer<JobsTexts> text, string error) => text.Sentence(Known, ExceptionClass().Replace(error, ""));

    [GeneratedRegex(@"^[A-Z]\w*Exception: ", RegexOptions.None, 1_000)]
    private static partial Regex ExceptionClass();
}
