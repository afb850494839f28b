namespace RevOps.Web.Shared;

/// <summary>What a colour may mean.</summary>
public enum Tone
{
    Neutral,
    Good,
    Attention,
    Bad,
}
