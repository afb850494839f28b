namespace RevOps.Core.Billing;

/// <summary>How a change of how the company bills ended.</summary>
public enum SettingChange
{
    Done = 0,

    /// <summary>It is so already.</summary>
    NothingNew = 1,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened; or it lacks the second factor that it needs.</summary>
    NotAllowed = 2,
}
