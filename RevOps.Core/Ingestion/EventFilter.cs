using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>Whose word an event is.</summary>
public enum EventOrigin
{
    /// <summary>What other systems sent.</summary>
    Outside = 0,

    /// <summary>Stripe's own hooks.</summary>
    Stripe = 1,

    /// <summary>What the product decided or noticed itself: approvals, payments.</summary>
    Product = 2,

    All = 3,
}

/// <param name="Type">A type, or a family of types as "revops.*".</param>
/// <param name="Source">Exactly this source.</param>
/// <param name="Page">From 1 on.</param>
public sealed record EventFilter(string? Type = null, string? Source = null, int Page = 1)
{
    /// <summary>How types of the product's own begin.</summary>
    internal const string ProductFamily = "revops.internal.";

    internal const string StripeFamily = "stripe.";

    public EventOrigin Origin { get; init; }

    /// <summary>Exactly this id of the sender's.</summary>
    public string? EventId { get; init; }

    /// <summary>First day on which it came in, in the company's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The oldest first.</summary>
    public bool Ascending { get; init; }

    /// <summary>Rows of a page; CSV takes more at a time.</summary>
    public int Size { get; init; } = EventQueries.PageSize;

    /// <summary>Nothing is left out.</summary>
    public bool IsOpen => this == new EventFilter { Page = Page, Ascending = Ascending, Size = Size };

    /// <summary>How the types of the family begin; null for one type or all.</summary>
    private string? Family => Type is [.., '*'] ? Type[..^1] : null;

    /// <summary>Whether a type is of an origin: the same as in the database.</summary>
    internal static bool IsOf(EventOrigin origin, string type) => origin switch
    {
        EventOrigin.Outside => !IsOf(EventOrigin.Stripe, type) && !IsOf(EventOrigin.Product, type),
        EventOrigin.Stripe => type.StartsWith(StripeFamily, StringComparison.Ordinal),
        EventOrigin.Product => type.StartsWith(ProductFamily, StringComparison.Ordinal),
        _ => true,
    };

    internal IQueryable<ReceivedEvent> Apply(IQueryable<ReceivedEvent> all, CompanyVersion company)
    {
        all = Origin switch
        {
            EventOrigin.Outside => all.Where(row => !row.Type.StartsWith(StripeFamily) && !row.Type.StartsWith(ProductFamily)),
            EventOrigin.Stripe => all.Where(row => row.Type.StartsWith(StripeFamily)),
            EventOrigin.Product => all.Where(row => row.Type.StartsWith(ProductFamily)),
            _ => all,
        };
        if (Family is { } family)
            all = all.Where(row => row.Type.StartsWith(family));
        else if (Type is { } type)
            all = all.Where(row => row.Type == type);
        if (Source is { } source)
            all = all.Where(row => row.Source == source);
        if (EventId is { } id)
            all = all.Where(row => row.EventId == id);
        if (From is { } from)
        {
            var start = company.StartOf(from);
            all = all.Where(row => row.RecordedAt >= start);
        }

        if (To is { } to)
        {
            var end = company.StartOf(to.AddDays(1));
            all = all.Where(row => row.RecordedAt < end);
        }

        return all;
    }

    /// <summary>Only what comes from outside can be refused.</summary>
    internal IQueryable<RejectedEvent> Apply(IQueryable<RejectedEvent> all, CompanyVersion company)
    {
        if (Origin is EventOrigin.Stripe or EventOrigin.Product)
            all = all.Where(row => false);
        if (Family is { } family)
            all = all.Where(row => row.Type != null && row.Type.StartsWith(family));
        else if (Type is { } type)
            all = all.Where(row => row.Type == type);
        if (Source is { } source)
            all = all.Where(row => row.Source == source);
        if (EventId is { } id)
            all = all.Where(row => row.EventId == id);
        if (From is { } from)
        {
            var start = company.StartOf(from);
            all = all.Where(row => row.RecordedAt >= start);
        }

        if (To is { } to)
        {
            var end = company.StartOf(to.AddDays(1));
            all = all.Where(row => row.RecordedAt < end);
        }

        return all;
    }
}
