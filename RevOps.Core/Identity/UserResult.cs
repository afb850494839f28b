namespace RevOps.Core.Identity;

public enum UserResult
{
    Done = 0,

    /// <summary>Removed meanwhile.</summary>
    Gone = 1,

    /// <summary>Nobody would be left who can sign in as an administrator.</summary>
    LastAdmin = 2,

    /// <summary>Nobody locks or removes themselves.</summary>
    Yourself = 3,

    /// <summary>Finance is given by somebody else than whoever could open the account.</summary>
    MoneyNeedsAnother = 4,

    NoRole = 5,
    AddressWrong = 6,
    AddressTaken = 7,

    /// <summary>The invitation has been taken up, so there is nothing to send again.</summary>
    AlreadyIn = 8,
}
