using Microsoft.Extensions.Localization;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Web.Bank;

internal static class BankWords
{
    /// <summary>Where a file is wrong and why, in one sentence.</summary>
    public static string ProblemOf(this IStringLocalizer<BankTexts> text, BankFileProblem problem) =>
        text["ProblemAt", problem.Line.ToString("N0"), text["Problem." + problem.Reason, problem.Found]];
}
