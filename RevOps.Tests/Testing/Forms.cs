using System.Text.RegularExpressions;

namespace RevOps.Tests.Testing;

/// <summary>Posts forms as a browser would: with the token and the hidden fields of the page that shows them.</summary>
public static partial class Forms
{
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(page);
        var values = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", TokenIn(html)));
        return await client.PostAsync(action, new FormUrlEncodedContent(values));
    }

    /// <summary>A form that a page handles itself, known by its name.</summary>
    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string page, string form, params (string Name, string Value)[] fields) =>
        client.PostFormAsync(page, page, [.. fields, ("_handler", form)]);

    private static string TokenIn(string html) => Token().Match(html) is { Success: true } match
        ? match.Groups["token"].Value
        : throw new InvalidOperationException("The page shows no form.");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex Token();
}
