using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>
/// Reads CFONB statements of 120 characters a record: 01 old balance, 04 movement, 05 what is said of it, 07 new balance. The last sign of an
/// amount carries its side as well; some banks leave the line breaks out. Latin 1. Source: CFONB, "Relevé de compte sur support informatique".
/// </summary>
public static class Cfonb120
{
    private const int Length = 120;

    public static bool Looks(string text) => text.StartsWith("01", StringComparison.Ordinal) && Records(text) is { Count: > 1 } records && records.All(record => record.Text[..2] is "01" or "04" or "05" or "07");

    /// <exception cref="BankFileException">No such file, or one that contradicts itself.</exception>
    public static IReadOnlyList<BankStatement> Read(string text)
    {
        var (statements, open) = (new List<BankStatement>(), (Open?)null);
        foreach (var record in Records(text))
        {
            switch (record.Text[..2])
            {
                case "01" when open is null:
                    open = new(record);
                    break;
                case "04" when open is not null:
                    open.Add(record);
                    break;
                case "05" when open is not null:
                    open.Say(record);
                    break;
                case "07" when open is not null:
                    statements.Add(open.Close(record));
                    open = null;
                    break;
                default:
                    throw new BankFileException(record.Line, "record", record.Text[..2]);
            }
        }

        return open is null && statements.Count > 0 ? statements : throw new BankFileException(Records(text).Count, "unfinished", "07");
    }

    private static List<Record> Records(string text)
    {
        var records = new List<Record>();
        foreach (var (index, line) in text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n').Index())
        {
            // A line without breaks holds several; one that lost the blanks at its end is filled up again.
            for (var at = 0; at < line.Length && line.AsSpan(at).Trim().Length > 0; at += Length)
                records.Add(new(index + 1, line.Substring(at, Math.Min(Length, line.Length - at)).PadRight(Length)));
        }

        return records;
    }

    /// <param name="Text">Always of 120 signs.</param>
    private sealed record Record(int Line, string Text)
    {
        /// <param name="from">As the standard counts, from 1.</param>
        public string Field(int from, int length) => Text.Substring(from - 1, length);

        public string Account => Field(3, 5) + Field(12, 5) + Field(22, 11);

        public DateOnly Day(int from)
        {
            var text = Field(from, 6);
            return DateOnly.TryParseExact(text, "ddMMyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new BankFileException(Line, "day", text);
        }

        /// <summary>In minor units: "0000000012345{" is 1,234.50 with two decimals; '}' and J to R are negative.</summary>
        public long Amount(string currency)
        {
            var text = Field(91, 14);
            var (digit, negative) = text[^1] switch
            {
                '{' => ('0', false),
                >= 'A' and <= 'I' and var sign => ((char)('1' + sign - 'A'), false),
                '}' => ('0', true),
                >= 'J' and <= 'R' and var sign => ((char)('1' + sign - 'J'), true),
                _ => throw new BankFileException(Line, "amount", text),
            };
            if (!long.TryParse(text[..^1] + digit, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) || Field(20, 1) != Currency.Decimals(currency).ToString(CultureInfo.InvariantCulture))
                throw new BankFileException(Line, "amount", text);
            return negative ? -minor : minor;
        }
    }

    /// <summary>A statement whose new balance has not come yet.</summary>
    private sealed class Open
    {
        private readonly Record opening;
        private readonly string currency;
        private readonly List<StatementLine> lines = [];

        public Open(Record opening)
        {
            (this.opening, currency) = (opening, opening.Field(17, 3).ToUpperInvariant());
            if (!Currency.IsKnown(currency))
                throw new BankFileException(opening.Line, "currency", currency);
        }

        public void Add(Record record)
        {
            if (record.Account != opening.Account)
                throw new BankFileException(record.Line, "account", record.Account);
            var reference = record.Field(105, 16).Trim();
            lines.Add(new(lines.Count + 1, record.Day(35), record.Field(43, 6).Trim().Length == 0 ? null : record.Day(43), record.Amount(currency), new(record.Field(49, 31).Trim(), null, null, reference.Length > 0 ? reference : null, null)));
        }

        public void Say(Record record)
        {
            if (lines.Count == 0)
                throw new BankFileException(record.Line, "record", "05");
            var (text, said) = (lines[^1].Text, record.Field(49, 70).Trim());
            lines[^1] = lines[^1] with
            {
                Text = record.Field(46, 3) switch
                {
                    "LIB" or "LCC" or "LC2" => text with { Label = $"{text.Label} {said}".Trim() },
                    "NPY" => text with { Payer = said },
                    "RCN" => text with { Reference = said[..Math.Min(said.Length, 35)].Trim() },
                    _ => text,
                },
            };
        }

        public BankStatement Close(Record closing)
        {
            var (before, after, moved) = (opening.Amount(currency), closing.Amount(currency), lines.Sum(line => line.AmountMinor));
            if (closing.Account != opening.Account)
                throw new BankFileException(closing.Line, "account", closing.Account);
            if (before + moved != after)
                throw new BankFileException(closing.Line, "balance", $"{new Money(before, currency)} + {new Money(moved, currency)} ≠ {new Money(after, currency)}");
            return new(opening.Account, currency, null, null, opening.Day(35), closing.Day(35), before, after, lines);
        }
    }
}
