using Microsoft.AspNetCore.Components.Forms;
using RevOps.Core.Platform;

namespace RevOps.Web.Shared;

/// <summary>The text of a file that somebody chose.</summary>
public static class SheetText
{
    public static async Task<string> ReadAsync(IBrowserFile file, long largest)
    {
        using var bytes = new MemoryStream();
        await using var stream = file.OpenReadStream(largest);
        await stream.CopyToAsync(bytes);
        return FileText.Decode(bytes.ToArray());
    }
}
