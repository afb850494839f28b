using System.Globalization;

namespace RevOps.Sandbox;

/// <summary><c>--stripe-port 5081</c> on the command line, or <c>SANDBOX_STRIPE_PORT=5081</c> in the environment.</summary>
internal static class SandboxArguments
{
    public const string Usage =
        "Options: --folder DIR --stripe-port N --meta-port N --google-port N --hubspot-port N (0 = a free one) --webhook-url URL --webhook-secret whsec_… "
        + "--google-result-delay 00:00:02 --tax-id-delay 00:00:01 --invoice-prefix TEXT --calls-per-second N";

    private static readonly HashSet<string> Known = [.. Usage.Split(' ').Where(w => w.StartsWith("--", StringComparison.Ordinal))];

    public static SandboxOptions Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!Known.Contains(args[i]) || i + 1 == args.Count)
                throw new FormatException($"Cannot read '{args[i]}'. {Usage}");
            given[args[i]] = args[i + 1];
        }
        return new SandboxOptions
        {
            Folder = Value("--folder") ?? Path.Combine("data", "sandbox"),
            StripePort = Parsed("--stripe-port", int.Parse, 5081),
            MetaPort = Parsed("--meta-port", int.Parse, 5082),
            GooglePort = Parsed("--google-port", int.Parse, 5083),
            // Whoever takes free ports takes them for all.
            HubSpotPort = Parsed("--hubspot-port", int.Parse, Parsed("--stripe-port", int.Parse, 5081) == 0 ? 0 : 5085),
            WebhookUrl = Value("--webhook-url") is { } url ? new Uri(url) : null,
            WebhookSecret = Value("--webhook-secret") ?? "whsec_sandbox",
            GoogleResultDelay = Parsed("--google-result-delay", TimeSpan.Parse, TimeSpan.FromSeconds(2)),
            TaxIdDelay = Parsed("--tax-id-delay", TimeSpan.Parse, TimeSpan.FromSeconds(1)),
            InvoicePrefix = Value("--invoice-prefix") ?? "RVO",
            StripeCallsPerSecond = Value("--calls-per-second") is { } calls ? int.Parse(calls, CultureInfo.InvariantCulture) : null,
        };

        string? Value(string name) => given.GetValueOrDefault(name)
            ?? environment("SANDBOX" + name[1..].Replace('-', '_').ToUpperInvariant());

        T Parsed<T>(string name, Func<string, IFormatProvider, T> parse, T otherwise) =>
            Value(name) is { } text ? parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
