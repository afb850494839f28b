using RevOps.Web.Identity;

namespace RevOps.Web.Shared;

/// <summary>The guided tour of one circuit: which stop it is at, until it is skipped or ends.</summary>
public sealed class Tour
{
    /// <summary>Where each stop takes place.</summary>
    public static readonly IReadOnlyList<TourStop> Stops =
    [
        new("Approve", "/approvals?show=ready", Policies.ApproveInvoices), new("Journey", "/journeys?paid=yes", Policies.Marketing), new("Conversion", "/conversions?status=delivered", Policies.Marketing),
        new("Score", "/", Policies.Overview), new("Break", "/demo", Policies.Overview),
    ];

    public event Action? Changed;

    /// <summary>From 0; null while nobody is on tour.</summary>
    public int? At { get; private set; }

    public void Start() => Go(0);

    /// <summary>Past the last one it is over.</summary>
    public void Go(int stop)
    {
        At = stop >= 0 && stop < Stops.Count ? stop : null;
        Changed?.Invoke();
    }

    public void Skip() => Go(-1);
}

/// <param name="Name">Its texts are "Tour." + name and "Tour." + name + ".Do".</param>
/// <param name="Policy">Who may do there what it tells of.</param>
public sealed record TourStop(string Name, string Href, string Policy);
