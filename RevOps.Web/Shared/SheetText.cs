using System.Text;
using Microsoft.AspNetCore.Components.Forms;

namespace RevOps.Web.Shared;

/// <summary>The text of a file that somebody chose. Spreadsheets of the West write Windows' code page where they do not write UTF-8.</summary>
public static class SheetText
{
    public static async Task<string> ReadAsync(IBrowserFile file, long largest)
    {
        using var bytes = new MemoryStream();
        await using var stream = file.OpenReadStream(largest);
        await stream.CopyToAsync(bytes);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes.ToArray());
        }
    }
}
