using RevOps.Web.Platform;

namespace RevOps.Web.Demo;

/// <summary>How much the demo tells. Only tests and measurements want another size than the usual one.</summary>
/// <param name="Runs">By itself, on an empty database.</param>
public sealed record DemoOptions(bool Runs, int Seed, int Days, int People, int Bookings)
{
    public const string RunsKey = "Demo:Runs";
    public const string SeedKey = "Demo:Seed";
    public const string DaysKey = "Demo:Days";

    private const int UsualSeed = 2026;

    /// <summary>The drafts of the last days wait for whoever looks.</summary>
    public int LeftToApprove => Math.Min(4, Days / 5);

    public static DemoOptions From(IConfiguration settings)
    {
        var days = settings.GetValue(DaysKey, Story.UsualDays);
        var switches = Switches.From(settings);
        return new(
            switches is { Demo: true, Sandbox: true } && settings.GetValue(RunsKey, true),
            settings.GetValue(SeedKey, UsualSeed), days, Scaled(Story.UsualPeople, days), Scaled(Story.UsualBookings, days));
    }

    private static int Scaled(int usual, int days) => Math.Max(1, usual * days / Story.UsualDays);
}
