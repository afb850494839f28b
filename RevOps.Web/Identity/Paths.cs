namespace RevOps.Web.Identity;

/// <summary>Addresses that more than one folder leads to.</summary>
public static class Paths
{
    public const string SignIn = "/signin";
    public const string SecondStep = "/signin/two-factor";
    public const string SecondFactor = "/account/two-factor";
    public const string PasskeyRequest = "/signin/passkey";
    public const string PasskeyCreation = "/account/passkey";
}
