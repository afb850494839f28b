using System.Text;

namespace RevOps.Core.Platform;

/// <summary>The text of a file of other programs: UTF-8 where it is; else the code page of the West, which no byte contradicts.</summary>
public static class FileText
{
    public static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
