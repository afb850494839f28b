using System.Globalization;
using System.Text;

namespace RevOps.Sandbox.Stripe;

/// <summary>One plain page, so that the link on an invoice opens; the texts are written in ASCII to keep byte offsets true.</summary>
internal static class InvoicePdf
{
    public static string Write(Invoice invoice, IReadOnlyList<InvoiceLine> lines)
    {
        List<string> text = [$"SANDBOX - Invoice {invoice.Number}", invoice.CustomerName ?? invoice.Customer, ""];
        text.AddRange(lines.Take(40).Select(l => $"{l.Description}   {Money(l.Amount)}"));
        text.AddRange(["", $"Total excluding tax {Money(invoice.TotalExcludingTax)}", $"Total {Money(invoice.Total)}"]);
        var page = $"BT /F1 11 Tf 15 TL 50 790 Td {string.Concat(text.Select(t => $"({Ascii(t)}) Tj T* "))}ET";
        return Assemble(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {page.Length} >>\nstream\n{page}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

        string Money(long amount) => MinorUnits.Text(amount, invoice.Currency, CultureInfo.InvariantCulture);
    }

    private static string Assemble(params ReadOnlySpan<string> objects)
    {
        var pdf = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder();
        for (var i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{pdf.Length:D10} 00000 n \n");
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n{table}");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return pdf.ToString();
    }

    private static string Ascii(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Concat(plain.Select(c => c is '(' or ')' or '\\' ? $"\\{c}" : c is >= ' ' and <= '~' ? c.ToString() : "?"));
    }
}
