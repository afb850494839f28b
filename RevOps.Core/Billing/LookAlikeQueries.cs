using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>
/// Pairs of customers that may be one: the same number by law, legal name or e-mail address. Two that each have a number of their own are two
/// companies, whatever they are called.
/// </summary>
public sealed class LookAlikeQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, StripeAccount stripe)
{
    public const int PageSize = 10;

    public async Task<int> CountAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Twins(db).CountAsync(cancel) + await Pairs(db).CountAsync(cancel);
    }

    /// <summary>Those of one number first, since their drafts wait; of the others the newest.</summary>
    public async Task<LookAlikePage> ListAsync(int page, bool clear, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (twins, pairs) = (await Twins(db).CountAsync(cancel), await Pairs(db).CountAsync(cancel));
        var number = Math.Clamp(page, 1, Math.Max(1, (twins + pairs + PageSize - 1) / PageSize));
        var skip = (number - 1) * PageSize;

        var found = new List<(Guid One, Guid Other)>();
        foreach (var waiting in await Twins(db).OrderBy(row => row.Id).Skip(skip).Take(PageSize).ToListAsync(cancel))
        {
            if (await HolderAsync(db, waiting, cancel) is { } holder)
                found.Add((holder, waiting.Id));
        }

        if (skip + PageSize > twins)
            found.AddRange((await Pairs(db).OrderByDescending(pair => pair.Other).ThenBy(pair => pair.One).Skip(Math.Max(0, skip - twins)).Take(PageSize - Math.Max(0, twins - skip)).ToListAsync(cancel)).Select(pair => (pair.One, pair.Other)));
        return new(await PairsAsync(db, found, clear, cancel), twins + pairs, number) { TwiceAtStripe = await TwiceAsync(db, cancel) };
    }

    private static IQueryable<Customer> Twins(RevOpsDb db) => CustomerQueries.Standing(db).Where(customer => customer.Missing.Contains(CustomerGap.Twin));

    /// <summary>By each hash on its own, so that the database can follow its index, and each pair once.</summary>
    private static IQueryable<Pair> Pairs(RevOpsDb db)
    {
        var (ones, others) = (CustomerQueries.Standing(db), CustomerQueries.Standing(db));
        var byName = from one in ones
                     join other in others on one.NameHash equals other.NameHash
                     where one.NameHash != null && one.Id.CompareTo(other.Id) < 0 && (one.CompanyHash == null || other.CompanyHash == null)
                     select new Pair { One = one.Id, Other = other.Id };
        var byEmail = from one in ones
                      join other in others on one.EmailHash equals other.EmailHash
                      where one.EmailHash != null && one.Id.CompareTo(other.Id) < 0 && (one.CompanyHash == null || other.CompanyHash == null)
                      select new Pair { One = one.Id, Other = other.Id };

        // A twin is named already, beside the one that holds its number.
        return byName.Union(byEmail).Where(pair => !db.Set<CustomersApart>().Any(apart => (apart.OneId == pair.One && apart.OtherId == pair.Other) || (apart.OneId == pair.Other && apart.OtherId == pair.One)))
            .Where(pair => !Twins(db).Any(twin => twin.Id == pair.One || twin.Id == pair.Other));
    }

    private async Task<Guid?> HolderAsync(RevOpsDb db, Customer waiting, CancellationToken cancel)
    {
        if (await waiting.OpenAsync(vault, cancel) is not { } details || CompanyKey.Of(details) is not { } key)
            return null;
        var hash = vault.LookupHash(CompanyKey.NumberKind, key);
        return await db.Set<Customer>().Where(row => row.CompanyHash == hash).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel);
    }

    private async Task<IReadOnlyList<LookAlike>> PairsAsync(RevOpsDb db, List<(Guid One, Guid Other)> pairs, bool clear, CancellationToken cancel)
    {
        var ids = pairs.SelectMany(pair => new[] { pair.One, pair.Other }).Distinct().ToList();
        var customers = await db.Set<Customer>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        var figures = await CustomerFigures.OfAsync(db, ids, stripe.Connection?.Mode ?? Mode.Live, (await company.CurrentAsync(cancel)).Currency, cancel);
        var sides = new Dictionary<Guid, LookAlikeSide>();
        foreach (var (id, customer) in customers)
        {
            var details = await customer.OpenAsync(vault, cancel);
            sides[id] = new(id, customer.Stamp, clear ? details : details?.Masked(), figures[id]) { StripeCustomerId = customer.StripeCustomerId, Missing = customer.MissingList };
        }

        return pairs.ConvertAll(pair => new LookAlike(sides[pair.One], sides[pair.Other], ReasonsOf(customers[pair.One], customers[pair.Other])));
    }

    private static IReadOnlyList<AlikeBy> ReasonsOf(Customer one, Customer other)
    {
        var reasons = new List<AlikeBy>();
        if (other.MissingList.Contains(CustomerGap.Twin))
            reasons.Add(AlikeBy.Number);
        if (one.NameHash is { } name && name.AsSpan().SequenceEqual(other.NameHash))
            reasons.Add(AlikeBy.Name);
        if (one.EmailHash is { } email && email.AsSpan().SequenceEqual(other.EmailHash))
            reasons.Add(AlikeBy.Email);
        return reasons;
    }

    private async Task<IReadOnlyList<NamedCustomer>> TwiceAsync(RevOpsDb db, CancellationToken cancel)
    {
        var named = new List<NamedCustomer>();
        var ids = await SweepCustomers.TwiceAsync(db, cancel);
        foreach (var customer in await CustomerQueries.Standing(db).Where(row => ids.Contains(row.Id)).ToListAsync(cancel))
            named.Add(new(customer.Id, (await customer.OpenAsync(vault, cancel))?.LegalName));
        return named;
    }

    private sealed class Pair
    {
        public Guid One { get; init; }
        public Guid Other { get; init; }
    }
}

/// <summary>Why two look alike.</summary>
public enum AlikeBy
{
    /// <summary>SIREN or VAT number: by law they are one.</summary>
    Number = 0,

    Name = 1,
    Email = 2,
}

/// <param name="Number">Of this page, from 1 on.</param>
public sealed record LookAlikePage(IReadOnlyList<LookAlike> Pairs, int Count, int Number)
{
    /// <summary>Customers of which the nightly look found more than one at Stripe.</summary>
    public IReadOnlyList<NamedCustomer> TwiceAtStripe { get; init; } = [];
}

/// <param name="Other">Of a pair by number, the one that waits.</param>
public sealed record LookAlike(LookAlikeSide One, LookAlikeSide Other, IReadOnlyList<AlikeBy> Reasons)
{
    /// <summary>By law they are one company: to say otherwise, one of the numbers has to be corrected.</summary>
    public bool MustBeOne => Reasons.Contains(AlikeBy.Number);

    /// <summary>The one that Stripe knows, else the one with more behind it, else the older: what is proposed to be kept.</summary>
    public LookAlikeSide Proposed => new[] { One, Other }
        .OrderByDescending(side => side.StripeCustomerId is not null).ThenByDescending(side => side.Figures.Issued).ThenByDescending(side => side.Figures.Bookings).ThenBy(side => side.Missing.Count).First();
}

/// <param name="Stamp">What a decision made from this page must send back.</param>
/// <param name="Details">Null when its person was erased.</param>
public sealed record LookAlikeSide(Guid Id, string Stamp, CustomerDetails? Details, CustomerFigures Figures)
{
    public string? StripeCustomerId { get; init; }
    public IReadOnlyList<string> Missing { get; init; } = [];
}
