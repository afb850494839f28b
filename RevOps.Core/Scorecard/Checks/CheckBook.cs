using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RevOps.Core.Identity;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>
/// The thirty-seven checks. The source document gives totals only; how they are split into checks is this product's own, and the weights add
/// up to each of its columns.
/// </summary>
public static class CheckBook
{
    // Goes up when a check asks something else than before, which its line does not show.
    private const int Revision = 6;

    public static readonly IReadOnlyList<CheckRule> All =
    [
        Revenue("R01", 8, SeedState.Session176, 30, Roles.Finance, Effort.Hours),
        Revenue("R02", 6, SeedState.Session176, 30, Roles.Finance, Effort.Days),
        Revenue("R03", 6, SeedState.Session176, 30, Roles.Finance, Effort.Days),
        Revenue("R04", 7, SeedState.Session176, 1, Roles.Finance, Effort.Days),
        Revenue("R05", 6, SeedState.Session176, 1, Roles.Finance, Effort.Hours),
        Revenue("R06", 6, SeedState.Session176, 30, Roles.Finance, Effort.Days),
        Revenue("R07", 6, SeedState.Session176, 7, Roles.Finance, Effort.Hours),
        Revenue("R08", 7, SeedState.Session176, 1, Roles.Finance, Effort.Hours),
        Revenue("R09", 5, SeedState.Session176, 7, Roles.Finance, Effort.Hours),
        Revenue("R10", 4, SeedState.Session176, 30, Roles.Finance, Effort.Hours),
        Revenue("R11", 4, SeedState.Session176, 30, Roles.Admin, Effort.Days),
        Revenue("R12", 6, SeedState.Session177, 7, Roles.Admin, Effort.Hours),
        Revenue("R13", 4, SeedState.Session177, 30, Roles.Finance, Effort.Weeks),
        Revenue("R14", 4, SeedState.Projected, 1, Roles.Admin, Effort.Hours),
        Revenue("R15", 2, SeedState.Projected, 7, Roles.Finance, Effort.Hours),
        Revenue("R16", 4, SeedState.Projected, 31, Roles.Finance, Effort.Days),
        Revenue("R17", 7, SeedState.Full, 31, Roles.Management, Effort.Weeks),
        Revenue("R18", 8, SeedState.Full, 31, Roles.Management, Effort.Weeks),
        Marketing("M01", 8, SeedState.Session176, 7, Roles.Marketing, Effort.Days),
        Marketing("M02", 8, SeedState.Session176, 1, Roles.Privacy, Effort.Days),
        Marketing("M03", 6, SeedState.Session176, 7, Roles.Marketing, Effort.Days),
        Marketing("M04", 8, SeedState.Session176, 7, Roles.Marketing, Effort.Days),
        Marketing("M05", 10, SeedState.Session176, 90, Roles.Marketing, Effort.Weeks),
        Marketing("M06", 8, SeedState.Session176, 30, Roles.Marketing, Effort.Days),
        Marketing("M07", 6, SeedState.Session176, 2, Roles.Marketing, Effort.Hours),
        Marketing("M08", 4, SeedState.Session176, 30, Roles.Marketing, Effort.Hours),
        Marketing("M09", 6, SeedState.Session176, 1, Roles.Marketing, Effort.Hours),
        Marketing("M10", 3, SeedState.Session176, 1, Roles.Admin, Effort.Hours),
        Marketing("M11", 3, SeedState.Session176, 90, Roles.Privacy, Effort.Hours),
        Marketing("M12", 5, SeedState.Session177, 7, Roles.Marketing, Effort.Days),
        Marketing("M13", 3, SeedState.Session177, 7, Roles.Marketing, Effort.Days),
        Marketing("M14", 4, SeedState.Projected, 1, Roles.Admin, Effort.Hours),
        Marketing("M15", 4, SeedState.Projected, 1, Roles.Marketing, Effort.Days),
        Marketing("M16", 2, SeedState.Projected, 7, Roles.Marketing, Effort.Days),
        Marketing("M17", 2, SeedState.Projected, 7, Roles.Marketing, Effort.Hours),
        Marketing("M18", 7, SeedState.Full, 31, Roles.Marketing, Effort.Hours),
        Marketing("M19", 3, SeedState.Full, 180, Roles.Marketing, Effort.Weeks),
    ];

    /// <summary>
    /// Of all lines with their weights and times to live: another rule or weight gives another. It is stored with the score of each day, and every chart of
    /// management marks the day from which on it is another.
    /// </summary>
    public static int Version { get; } = VersionOf(All, Revision);

    private static readonly Dictionary<string, CheckRule> ById = All.ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    public static CheckRule Of(string id) => ById[id];

    /// <summary>How a <see cref="Version"/> is written.</summary>
    public static string NameOf(int version) => version.ToString("x8", CultureInfo.InvariantCulture);

    internal static int VersionOf(IEnumerable<CheckRule> rules, int revision)
    {
        var lines = rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Id} {rule.Discipline} {rule.Weight} {rule.From} {rule.TtlDays}"));
        return BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{revision}\n{string.Join('\n', lines)}"))));
    }

    /// <summary>What the source document declares in one of its columns: the weights of what it counts as done by then.</summary>
    public static Score Declared(SeedState column) => Score.Of(Sum(Discipline.RevEng, column), Sum(Discipline.MarEng, column));

    private static int Sum(Discipline discipline, SeedState column) => All.Where(rule => rule.Discipline == discipline && rule.From <= column).Sum(rule => rule.Weight);

    private static CheckRule Revenue(string id, int weight, SeedState from, int days, string owner, Effort effort) => new(id, Discipline.RevEng, weight, from, days, owner, effort);

    private static CheckRule Marketing(string id, int weight, SeedState from, int days, string owner, Effort effort) => new(id, Discipline.MarEng, weight, from, days, owner, effort);
}
