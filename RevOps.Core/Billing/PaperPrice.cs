namespace RevOps.Core.Billing;

/// <summary>A line of a draft that does not cost what the catalogue says.</summary>
/// <param name="Difference">Both figures.</param>
/// <param name="Description">Of the line.</param>
/// <param name="ServiceId">Its service in the catalogue.</param>
/// <param name="ServiceCode">The same, as the catalogue writes it.</param>
/// <param name="IsAccepted">Finance let it stand.</param>
public sealed record PaperPrice(PriceDifference Difference, string Description, Guid ServiceId, string ServiceCode, bool IsAccepted)
{
    internal static IReadOnlyList<PaperPrice> Of(BillableSale sale)
    {
        var assessment = sale.Assess();
        var accepted = !assessment.Problems.Contains(ReviewProblem.PriceDiffers);
        var lines = sale.Lines.Select(line => line.Line).DistinctBy(line => line.Key).ToDictionary(line => line.Key, StringComparer.Ordinal);
        return [.. from difference in assessment.Differences
                   let line = lines[difference.LineKey]
                   let service = sale.Prices.ServiceOf(line.ServiceCode)
                   where service is not null
                   select new PaperPrice(difference, line.Description, service.Id, service.Code, accepted)];
    }
}
