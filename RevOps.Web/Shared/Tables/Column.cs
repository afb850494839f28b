using Microsoft.AspNetCore.Components;
using RevOps.Core.Platform;

namespace RevOps.Web.Shared.Tables;

/// <summary>
/// A column of a <see cref="DataTable{TRow}"/>, said once for the screen and for CSV: its value, and how a cell draws it.
/// <c>new("due", "Due on", row =&gt; row.DueOn) { CanSort = true }</c>.
/// </summary>
/// <param name="Key">Its name in the address, where columns are hidden and rows sorted.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Value">Text, number, day, instant or <see cref="Money"/>; null for nothing.</param>
public sealed record Column<TRow>(string Key, string Title, Func<TRow, object?> Value)
{
    /// <summary>How a cell is drawn; its value in the reader's format when left out.</summary>
    public RenderFragment<TRow>? Cell { get; init; }

    /// <summary>True where the query of the page can sort by it.</summary>
    public bool CanSort { get; init; }

    /// <summary>The first click sorts upwards: for names; figures and dates begin with the largest and newest.</summary>
    public bool SortsUpFirst { get; init; }

    /// <summary>Aligned right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>An identifier, in a fixed-width type.</summary>
    public bool IsCode { get; init; }

    /// <summary>A sentence, which needs width.</summary>
    public bool IsWide { get; init; }

    /// <summary>Hidden until somebody chooses it.</summary>
    public bool IsExtra { get; init; }

    /// <summary>Left out on a phone: the row's own page says it as well.</summary>
    public bool IsForDesk { get; init; }

    /// <summary>Never in CSV: buttons and the like.</summary>
    public bool IsForScreen { get; init; }
}
