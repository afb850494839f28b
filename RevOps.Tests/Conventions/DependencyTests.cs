using System.Text.RegularExpressions;

namespace RevOps.Tests.Conventions;

/// <summary>The dependency rule, read off the using lines: features stand in one order and use only what is to their left.</summary>
public sealed partial class DependencyTests
{
    private static readonly string[] Order =
    [
        "Platform", "Identity", "People", "Catalogue", "Bookings", "Forecasting", "Pricing", "Billing", "Receivables", "Spend", "Attribution", "Conversions", "Scorecard", "Ingestion",
    ];

    [Fact]
    public void CoreFeatures_UseOnlyWhatIsToTheirLeft()
    {
        var wrong = from file in Sources("RevOps.Core")
                    let feature = FeatureOf("RevOps.Core", file)
                    where Order.Contains(feature)
                    from used in UsedFeatures(file, "RevOps.Core")
                    where Array.IndexOf(Order, used) > Array.IndexOf(Order, feature)
                    select $"{feature} uses {used} in {Path.GetFileName(file)}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_TakesIdentityAndDataProtectionFromTheWebFrameworkAndNothingElse()
    {
        var wrong = from file in Sources("RevOps.Core")
                    from Match match in UsingLine().Matches(File.ReadAllText(file))
                    let name = match.Groups["name"].Value
                    where name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                    where !name.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal) && !name.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal)
                    select $"{name} in {Path.GetFileName(file)}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void WebFeatures_ReachOneAnotherByUrlOnly()
    {
        string[] everybodys = ["Shared", "Platform", "Identity", "Shell"];
        var wrong = from file in Sources("RevOps.Web")
                    let feature = FeatureOf("RevOps.Web", file)
                    where feature.Length > 0 && feature is not ("Shell" or "Platform")
                    from used in UsedFeatures(file, "RevOps.Web")
                    where used != feature && !everybodys.Contains(used)
                    select $"{feature} uses {used} in {Path.GetFileName(file)}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sandbox_UsesNothingOfTheProduct() =>
        Assert.DoesNotContain(Sources("RevOps.Sandbox"), file => UsedFeatures(file, "RevOps.Core").Any() || UsedFeatures(file, "RevOps.Web").Any());

    [Fact]
    public void ForeignVocabularies_StayInTheirFolder()
    {
        var wrong = from file in Sources("RevOps.Core")
                    let text = File.ReadAllText(file)
                    where text.Contains("using Quartz", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}Outbox{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                    select file;
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> UsedFeatures(string file, string project) => UsingLine().Matches(File.ReadAllText(file))
        .Select(match => match.Groups["name"].Value).Where(name => name.StartsWith(project + ".", StringComparison.Ordinal)).Select(name => name.Split('.')[2]);

    private static string FeatureOf(string project, string file)
    {
        var parts = Path.GetRelativePath(Path.Combine(Repository.Root, project), file).Split(Path.DirectorySeparatorChar);
        return parts.Length > 1 ? parts[0] : "";
    }

    private static IEnumerable<string> Sources(string project) => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.*", SearchOption.AllDirectories)
        .Where(file => (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            && !file.Contains("Migrations", StringComparison.Ordinal) && !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex(@"^\s*@?using\s+(static\s+)?(?<name>[\w.]+);?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UsingLine();
}
