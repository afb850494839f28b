using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Web.Shared;

namespace RevOps.Web.Bank;

/// <summary>Whose a bank's table is, and what its columns mean.</summary>
public sealed partial class BankColumns(IStringLocalizer<BankTexts> text)
{
    private const int Shown = 5;

    private CsvMapping mapping = null!;
    private Guid? accountId;
    private string number = "", name = "";

    [Parameter, EditorRequired]
    public CsvPreview Table { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<BankAccountRow> Accounts { get; set; } = [];

    [Parameter]
    public CsvChoice? Choice { get; set; }

    /// <summary>As it is understood; null while it cannot be.</summary>
    [Parameter]
    public BankStatement? Statement { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<CsvChoice> Chosen { get; set; }

    private IStringLocalizer<BankTexts> Text => text;

    protected override void OnParametersSet()
    {
        mapping = Table.Mapping;
        accountId = Choice is null ? Table.Account : Choice.AccountId;
        (number, name) = (Choice?.Number ?? number, Choice?.Name ?? name);
    }

    private async Task ChooseAccountAsync(ChangeEventArgs change)
    {
        accountId = FromUrl.Id(change.Value as string);

        // An account that keeps its columns brings them along, where the file has them.
        if (Accounts.FirstOrDefault(account => account.Id == accountId)?.Mapping is { } kept && kept.Fits(Table.Heading))
            mapping = kept;
        await TellAsync();
    }

    private Task ChooseNameAsync(ChangeEventArgs change)
    {
        name = (change.Value as string ?? "").Trim();
        return TellAsync();
    }

    private Task ChooseNumberAsync(ChangeEventArgs change)
    {
        number = Iban.Tidy(change.Value as string ?? "");
        return TellAsync();
    }

    private Task ChooseColumnAsync(CsvField field, ChangeEventArgs change)
    {
        var columns = mapping.Columns.Where(column => column.Key != field).ToDictionary(column => column.Key, column => column.Value);
        if (change.Value is string { Length: > 0 } heading)
            columns[field] = heading;
        mapping = mapping with { Columns = columns };
        return TellAsync();
    }

    private Task ChooseOrderAsync(ChangeEventArgs change)
    {
        mapping = mapping with { Order = FromUrl.Choice<DayOrder>(change.Value as string) };
        return TellAsync();
    }

    private Task ChooseSignAsync(ChangeEventArgs change)
    {
        mapping = mapping with { DecimalSign = change.Value as string == "." ? '.' : ',' };
        return TellAsync();
    }

    private Task TellAsync() => Chosen.InvokeAsync(new(accountId, number, name, mapping));
}
