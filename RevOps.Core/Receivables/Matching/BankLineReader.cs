using System.Text.Json;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Receivables.Matching;

/// <summary>Opens lines of the bank for the matcher and for whoever looks at them.</summary>
public sealed class BankLineReader(Vault vault)
{
    /// <summary>What the bank says of a line.</summary>
    public async Task<BankText> TextAsync(BankLine line, CancellationToken cancel) =>
        await vault.OpenAsync(DataKey.Company, line.Id, line.SealedText, cancel) is { } json ? JsonSerializer.Deserialize<BankText>(json)! : new("", null, null, null, null);

    /// <summary>What of a line is not accounted for, as money that came in.</summary>
    /// <param name="payers">Of <see cref="OwedInvoices.PayersAsync"/>.</param>
    public static IncomingMoney MoneyOf(BankLine line, BankText text, IReadOnlyDictionary<string, Guid> payers) =>
        new(line.AmountMinor - line.MatchedMinor, line.BookedOn, text.Label, text.Payer, text.Reference, line.PayerHash is { } payer && payers.TryGetValue(Convert.ToHexString(payer), out var customer) ? customer : null);
}
