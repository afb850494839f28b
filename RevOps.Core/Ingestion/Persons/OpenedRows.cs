using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>Rows as JSON, with what is sealed in them opened.</summary>
internal sealed class OpenedRows(Vault vault)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static JsonArray Array<T>(IEnumerable<T> rows) => JsonSerializer.SerializeToNode(rows, Json)!.AsArray();

    public static async Task<JsonArray> EachAsync<T>(IQueryable<T> rows, Func<T, Task<JsonNode>> write, CancellationToken cancel) where T : class => await EachAsync(await rows.AsNoTracking().ToListAsync(cancel), write);

    public static async Task<JsonArray> EachAsync<T>(IEnumerable<T> rows, Func<T, Task<JsonNode>> write)
    {
        var array = new JsonArray();
        foreach (var row in rows)
            array.Add(await write(row));
        return array;
    }

    /// <param name="row">An object, or the node that one became.</param>
    /// <param name="opened">What was sealed in it.</param>
    /// <param name="name">Under which name it stands.</param>
    public static JsonNode With(object row, JsonNode? opened, string name = "details")
    {
        var node = row as JsonNode ?? JsonSerializer.SerializeToNode(row, Json)!;
        node[name] = opened;
        return node;
    }

    /// <summary>Of JSON; null where nothing was sealed, and where its key is gone.</summary>
    public async Task<JsonNode?> OpenAsync(Guid owner, Guid row, byte[]? sealedBytes, CancellationToken cancel) =>
        await vault.OpenAsync(owner, row, sealedBytes, cancel) is { } json ? JsonNode.Parse(json) : null;

    /// <summary>The same of a text.</summary>
    public async Task<JsonNode?> TextAsync(Guid owner, Guid row, byte[]? sealedBytes, CancellationToken cancel) =>
        await vault.OpenAsync(owner, row, sealedBytes, cancel) is { } text ? JsonValue.Create(text) : null;
}
