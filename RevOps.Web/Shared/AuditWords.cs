using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;

namespace RevOps.Web.Shared;

/// <summary>Puts rows of the audit into words.</summary>
public static class AuditWords
{
    /// <summary>What the audit calls the list of Journeys, in which many names stand at once.</summary>
    public const string JourneyList = "journeys";

    /// <summary>What the audit calls the list of keys that several people share.</summary>
    public const string KeyList = "keys";

    public static string Done(this IStringLocalizer<AuditTexts> texts, AuditRow row) => texts.WordOf("Action.", row.Action);

    public static string Who(this IStringLocalizer<AuditTexts> texts, Actor actor) => actor.Kind switch
    {
        ActorKind.System => texts["ActorSystem"],
        ActorKind.Verb => texts["ActorVerb"],
        ActorKind.Key => texts["ActorKey", actor.Name ?? Subjects.HandleOf(actor.Text)],
        _ => actor.Name ?? texts["ActorGone"],
    };

    /// <summary>"Invoice INV-0012", and the end of its id where it has no name; a list of many by where it stands.</summary>
    public static string About(this IStringLocalizer<AuditTexts> texts, string type, string id, string? name) =>
        name is null && id == JourneyList ? texts["ListOfJourneys"] : name is null && id == KeyList ? texts["ListOfKeys"] : $"{texts.WordOf("Subject.", type)} {name ?? Subjects.HandleOf(id)}";
}
