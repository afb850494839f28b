using RevOps.Core.Conversions;

namespace RevOps.Core.Ingestion;

/// <summary>A body that was sent, for reading: JSON as the ad platforms take it, a form as Stripe does, one field a line.</summary>
internal static class FormBody
{
    private const string Hidden = "•••";

    public static string Show(string body, bool clear)
    {
        if (body.StartsWith('{') || body.StartsWith('['))
            return SentBody.ShowAnswer(body, clear);
        return string.Join('\n', body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => Show(field.Split('=', 2), clear)));
    }

    /// <summary>A figure says nothing of a person; every other value may.</summary>
    private static string Show(string[] field, bool clear)
    {
        var value = field.Length > 1 ? Uri.UnescapeDataString(field[1].Replace('+', ' ')) : "";
        return $"{Uri.UnescapeDataString(field[0])} = {(clear || IsFigure(field[0], value) ? value : Hidden)}";
    }

    private static bool IsFigure(string name, string value) => value is "true" or "false" || (name.Contains("amount", StringComparison.Ordinal) && value.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-'));
}
