using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace RevOps.Web.Shared;

/// <summary>Writes addresses: what the reader chose lives there, and <see cref="FromUrl"/> reads it again.</summary>
public static class PageUrl
{
    public const string Page = "page";

    /// <summary>This address with one choice changed; another choice begins at the first page again.</summary>
    public static string With(this NavigationManager navigation, string name, string? value) => navigation.With([(name, value)]);

    public static string With(this NavigationManager navigation, params IReadOnlyList<(string Name, string? Value)> choices)
    {
        var query = choices.ToDictionary(choice => choice.Name, choice => (object?)choice.Value, StringComparer.Ordinal);
        query.TryAdd(Page, null);
        return navigation.GetUriWithQueryParameters(query);
    }

    /// <summary>One choice of this address; null when it says nothing about it.</summary>
    public static string? Query(this NavigationManager navigation, string name) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Another path with the choices of this address: a row that opens beside its list, or the list again.</summary>
    public static string Beside(this NavigationManager navigation, string path) => path + new Uri(navigation.Uri).Query;

    /// <summary>An address with some choices of its query changed; of a list that was paged, from the first page again.</summary>
    public static string Onto(string address, params IReadOnlyList<(string Name, string Value)> choices)
    {
        var (path, query) = address.Split('?') is [var head, var tail] ? (head, QueryHelpers.ParseQuery(tail)) : (address, []);
        query.Remove(Page);
        foreach (var (name, value) in choices)
            query[name] = value;
        return QueryHelpers.AddQueryString(path, query.SelectMany(choice => choice.Value, (choice, value) => KeyValuePair.Create(choice.Key, value)));
    }

    /// <summary>How a value is written in an address.</summary>
    public static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
