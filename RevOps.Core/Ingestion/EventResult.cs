using System.Text.Json.Serialization;

namespace RevOps.Core.Ingestion;

/// <summary>What became of one event of a request.</summary>
/// <param name="Id">The sender's id, as far as it could be read.</param>
/// <param name="Status">accepted, duplicate or rejected.</param>
/// <param name="WouldDo">Of a dry run only.</param>
public sealed record EventResult(string? Id, string Status, IReadOnlyList<FieldError> Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? WouldDo = null)
{
    public static EventResult Accepted(string id) => new(id, "accepted", []);

    public static EventResult Duplicate(string id) => new(id, "duplicate", []);

    public static EventResult Rejected(string? id, IReadOnlyList<FieldError> errors) => new(id, "rejected", errors);
}
