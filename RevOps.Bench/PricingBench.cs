namespace RevOps.Bench;

/// <summary>The pricing engine: answers cases, or measures its bounds on generated ones.</summary>
internal static class PricingBench
{
    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        switch (args)
        {
            case []:
                return PricingMeasures.Run();
            case ["--help"]:
                await Console.Out.WriteLineAsync(PricingHelp.Text);
                return true;
            case ["--case", var file]:
                return await AnswerAsync(file);
            default:
                await Console.Error.WriteLineAsync("Usage: pricing [--case FILE | --help]");
                return false;
        }
    }

    private static async Task<bool> AnswerAsync(string file)
    {
        try
        {
            var (json, right) = PricingCases.Answer(await File.ReadAllTextAsync(file));
            await Console.Out.WriteLineAsync(json);
            return right;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return false;
        }
    }
}
