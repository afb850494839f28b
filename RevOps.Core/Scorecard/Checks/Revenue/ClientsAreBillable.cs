using RevOps.Core.Billing;
using RevOps.Core.Bookings;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>Who was sold to in the last 30 days can be invoiced: name, address, e-mail, and numbers whose key fits.</summary>
public sealed class ClientsAreBillable : ShareCheck
{
    public override string Id => "R02";

    /// <summary>It asks how everything stands.</summary>
    public override bool IsState => true;

    protected override Bar Bar => new(0.8, 0.98);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(30);
        return from customer in scope.Db.Set<Customer>()
               where customer.MergedIntoId == null && scope.Db.Set<Invoice>().Any(invoice => invoice.CustomerId == customer.Id && invoice.Mode == scope.Mode && invoice.OccurredAt >= since)
               select new EvidenceRow { Kind = EvidenceKind.Customer, Id = customer.Id, At = customer.DetailsAt, Holds = customer.Missing == "" };
    }
}
