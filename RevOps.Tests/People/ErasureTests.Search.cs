using System.Collections;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.People;

/// <summary>Looks for what is to be forgotten in every table, file and log line.</summary>
public sealed partial class ErasureTests
{
    /// <summary>Opens every sealed value of every table by every key that there still is, and says where one of theirs stands.</summary>
    private async Task<List<string>> FoundAsync()
    {
        var (vault, found) = (agency.Host.Services.GetRequiredService<Vault>(), new List<string>());
        await using var db = await agency.Host.OpenDatabaseAsync();
        foreach (var type in db.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(type => type.Namespace?.StartsWith("RevOps.", StringComparison.Ordinal) == true).Distinct())
        {
            var rows = (IEnumerable)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type).Invoke(db, null)!;
            foreach (var row in rows)
            {
                foreach (var property in type.GetProperties())
                {
                    var text = property.GetValue(row) switch
                    {
                        string clear => clear,
                        byte[] bytes when property.Name.StartsWith("Sealed", StringComparison.Ordinal) => await OpenAsync(vault, type, row, bytes),
                        _ => null,
                    };
                    found.AddRange(InText(text).Select(what => $"{type.Name}.{property.Name}: {what}"));
                }
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static async Task<string?> OpenAsync(Vault vault, Type type, object row, byte[] bytes)
    {
        var id = (Guid)type.GetProperty("Id")!.GetValue(row)!;
        var owners = new[] { "OwnerId", "PersonId", "Id" }.Select(name => type.GetProperty(name)?.GetValue(row)).OfType<Guid>().Append(DataKey.Company);
        foreach (var owner in owners.Distinct())
        {
            try
            {
                if (await vault.OpenAsync(owner, id, bytes) is { } text)
                    return text;
            }
            catch (CryptographicException)
            {
                // Another owner's.
            }
        }

        return null;
    }

    /// <summary>The database's own bytes included; what the stand-ins keep is the platforms', not ours.</summary>
    private async Task<List<string>> InFilesAsync()
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(agency.Host.DataFolder, "*", SearchOption.AllDirectories).Where(path => !path.Contains("sandbox", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            found.AddRange(InText(Encoding.UTF8.GetString(bytes.ToArray())).Select(what => $"{Path.GetFileName(file)}: {what}"));
        }

        return found;
    }

    private static IEnumerable<string> InText(string? text)
    {
        if (text is null)
            yield break;
        var plain = text.Replace("\\u002B", "+", StringComparison.Ordinal).Replace("\\u00E9", "é", StringComparison.Ordinal);
        if (plain.Contains(Email, StringComparison.OrdinalIgnoreCase) || plain.Contains(Uri.EscapeDataString(Email), StringComparison.OrdinalIgnoreCase))
            yield return "e-mail";
        if (plain.Contains(Phone[1..], StringComparison.Ordinal))
            yield return "phone";
        if (plain.Contains(Name, StringComparison.OrdinalIgnoreCase) || plain.Contains(Uri.EscapeDataString(Name), StringComparison.OrdinalIgnoreCase))
            yield return "name";
        if (plain.Contains("-berenice", StringComparison.Ordinal))
            yield return "click";
    }

    private static IEnumerable<object?> Enumerate(JsonNode? node) => node switch { JsonArray array => array, JsonObject thing => thing.Select(pair => (object?)pair.Value), _ => [] };

    private sealed class Heard : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> said = new();

        public IEnumerable<string> Said => said;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{formatter(state, exception)} {exception}";
            if (InText(line).Any())
                said.Enqueue(line);
        }

        public void Dispose() => GC.SuppressFinalize(this);
    }
}
