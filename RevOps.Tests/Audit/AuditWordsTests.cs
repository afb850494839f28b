using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using RevOps.Tests.Conventions;
using RevOps.Web.Shared;

namespace RevOps.Tests.Audit;

/// <summary>Whatever the product writes down has words, read off the sources: an action or a thing that nobody named fails here.</summary>
public sealed partial class AuditWordsTests
{
    [Fact]
    public void EveryActionAndSubject_HasWords()
    {
        var sources = new[] { "RevOps.Core", "RevOps.Web" }.SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "Migrations"))
            .Select(File.ReadAllText).Where(text => Writes().IsMatch(text)).ToList();
        var actions = sources.SelectMany(text => Action().Matches(text)).Select(match => match.Groups["action"].Value).ToHashSet(StringComparer.Ordinal);
        var subjects = sources.SelectMany(text => Subject().Matches(text)).Select(match => match.Groups["subject"].Value).ToHashSet(StringComparer.Ordinal);

        // What is known to be written, in each of the ways in which it is: else this test would find nothing and be content.
        Assert.Superset(new HashSet<string> { "invoice.approved", "invoice.rejected", "apiKey.created", "job.retried", "audit.verified", "values.revealed" }, actions);
        Assert.Superset(new HashSet<string> { "Invoice", "ApiKey", "OutboxRow", "ReceivedEvent" }, subjects);

        var words = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<AuditTexts>>();
        Assert.DoesNotContain(actions, action => words["Action." + action].ResourceNotFound);
        Assert.DoesNotContain(subjects, subject => words["Subject." + subject].ResourceNotFound);
    }

    [GeneratedRegex(@"[aA]udit\.WriteAsync\(|[tT]rail\.WriteAsync\(|GetRequiredService<AuditTrail>\(\)\.WriteAsync\(|new AuditNote\(|NoteRevealAsync\(|\bawait WriteAsync\(db, new\(", RegexOptions.None, 1_000)]
    private static partial Regex Writes();

    /// <summary>Noun and past participle between quotation marks.</summary>
    [GeneratedRegex("\"(?<action>[a-z][A-Za-z]*\\.[a-z][A-Za-z]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Action();

    /// <summary>What follows an action in a note.</summary>
    [GeneratedRegex("(\\.[a-z][A-Za-z]*\"|action|Action|Revealed|Verified|NoteRevealAsync\\(actor), nameof\\((?<subject>[A-Z]\\w*)\\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Subject();
}
