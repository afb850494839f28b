using RevOps.Sandbox.Ads;

namespace RevOps.Web.Demo;

/// <summary>What the agency of the demo sells, where it advertises, and what befalls it.</summary>
public static class Agency
{
    /// <summary>From this day on everything costs more.</summary>
    public const int PriceRiseDay = 45;

    /// <summary>The site's tag is broken: half of the visits are never told, and none brings its click id.</summary>
    public const int LossFrom = 50;
    public const int LossUntil = 57;

    /// <summary>Meta refuses the token, until somebody makes a new one.</summary>
    public const int MetaFailsFrom = 66;
    public const int MetaFailsUntil = 68;

    public static readonly IReadOnlyList<Service> Services =
    [
        new("audit", "Audit d’acquisition", 1_450m, 24),
        new("sea", "Mise en place Google Ads", 2_200m, 18),
        new("social", "Mise en place Meta Ads", 1_900m, 18),
        new("voice", "Agent vocal : configuration et scénarios", 4_800m, 10),
        new("content", "Pack contenus (10 articles)", 3_400m, 10),
        new("coaching", "Accompagnement mensuel", 1_150m, 14),
        new("training", "Formation de l’équipe (journée)", 1_250m, 6),
    ];

    /// <summary>The platforms' own: what they answer when they are asked, and what is told of them, is one truth.</summary>
    public static IReadOnlyList<AdCampaign> Campaigns => AdBook.Campaigns;

    /// <summary>How people first find the agency, and how they come back.</summary>
    public static readonly IReadOnlyList<Way> Ways =
    [
        new("paid_search", First: 28, Later: 14),
        new("paid_social", First: 27, Later: 10),
        new("organic_search", First: 19, Later: 21),
        new("email", First: 4, Later: 19),
        new("referral", First: 12, Later: 6),
        new("direct", First: 10, Later: 30),
    ];

    public static readonly string[] FirstNames =
    [
        "Camille", "Lucas", "Chloé", "Hugo", "Inès", "Louis", "Léa", "Nathan", "Manon", "Jules", "Sarah", "Adam", "Zoé", "Raphaël", "Élise", "Maël", "Nora", "Paul", "Anaïs", "Yanis",
    ];

    public static readonly string[] LastNames =
    [
        "Martin", "Bernard", "Petit", "Durand", "Leroy", "Moreau", "Simon", "Laurent", "Lefèvre", "Michel", "Garcia", "David", "Bertrand", "Roux", "Vincent", "Fournier", "Morel", "Girard", "André", "Mercier",
        "Dupuis", "Lambert", "Bonnet", "François",
    ];

    public static readonly string[] Trades = ["Atelier", "Cabinet", "Studio", "Maison", "Clinique", "Transports", "Conseil", "Immobilière", "Menuiserie", "Traiteur", "Optique", "Garage"];

    public static readonly string[] Forms = ["SARL", "SAS", "EURL", "SASU"];

    public static readonly (string Postcode, string City)[] Towns =
    [
        ("69002", "Lyon"), ("75011", "Paris"), ("33000", "Bordeaux"), ("44000", "Nantes"), ("59000", "Lille"), ("31000", "Toulouse"), ("38000", "Grenoble"), ("67000", "Strasbourg"), ("35000", "Rennes"), ("13006", "Marseille"),
    ];

    /// <summary>A price as it is on a day, in whole euros.</summary>
    public static decimal PriceOn(Service service, int day) => day >= PriceRiseDay ? Math.Round(service.Price * 1.08m / 10, MidpointRounding.AwayFromZero) * 10 : service.Price;

    /// <param name="Price">A unit without tax, in euros.</param>
    /// <param name="Weight">How often it is bought, beside the others.</param>
    public sealed record Service(string Code, string Name, decimal Price, int Weight);

    public sealed record Way(string Channel, int First, int Later);
}
