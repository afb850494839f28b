using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RevOps.Web.Platform.FailPoints;

public enum FailMoment
{
    BeforeSend = 0,

    /// <summary>The other side has answered; nothing of the answer is stored.</summary>
    AfterSend = 1,

    BeforeSave = 2,

    /// <summary>After the commit.</summary>
    AfterSave = 3,
}

/// <summary>
/// The step at which this process shall die, so that tests can kill it at every one. A request is named by method and path
/// ("after-send:POST /v1/invoices/*/finalize"), a save by what it writes ("after-save:Payment", "before-save:Invoice.Status=Approved").
/// An asterisk stands for anything but a slash, and "#2" at the end means the second time.
/// </summary>
public sealed partial class FailPoint
{
    /// <summary>Names the variable, and is the only way to get one.</summary>
    public const string Key = "REVOPS_FAILPOINT";

    private readonly FailMoment moment;
    private readonly Regex step;
    private readonly int time;
    private int passed;

    private FailPoint(FailMoment moment, Regex step, int time) => (this.moment, this.step, this.time) = (moment, step, time);

    /// <summary>While it rests it is not reached: a process may have something to finish before the step that it shall die at.</summary>
    public bool Rests { get; set; }

    /// <exception cref="FormatException">It names no step.</exception>
    public static FailPoint Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !Enum.TryParse<FailMoment>(match.Groups["moment"].Value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var moment))
            throw new FormatException($"{Key} is '{text}': it takes before-send, after-send, before-save or after-save, a colon, what is sent or saved, and perhaps #2.");
        var count = match.Groups["time"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 1;
        var named = Regex.Escape(match.Groups["step"].Value).Replace("\\*", "[^/]*", StringComparison.Ordinal);
        return new(moment, new Regex($"^{named}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), count);
    }

    /// <summary>True the one time that this step is the one.</summary>
    /// <param name="now">What is about to happen, or has just happened.</param>
    /// <param name="names">The step under all of its names.</param>
    public bool IsReached(FailMoment now, IEnumerable<string> names) =>
        !Rests && now == moment && names.Any(step.IsMatch) && Interlocked.Increment(ref passed) == time;

    /// <summary>Ends this process as the system would: at once, without a word, nothing flushed and nothing closed.</summary>
    internal void Pass(FailMoment now, IEnumerable<string> names)
    {
        if (!IsReached(now, names))
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();

        // The signal needs a moment to arrive, in which this thread must not go on.
        Thread.Sleep(Timeout.Infinite);
    }

    [GeneratedRegex("^(?<moment>[a-z]+-[a-z]+):(?<step>.+?)(#(?<time>[1-9][0-9]{0,3}))?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Form();
}
