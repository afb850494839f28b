namespace RevOps.Web.Attribution.Credits;

/// <summary>The pages of the room, in the order of their tabs.</summary>
public enum CreditPart
{
    Compare = 0,
    Paths = 1,
    Journeys = 2,
    Stages = 3,
    Time = 4,
    Chain = 5,
    Lift = 6,
}
