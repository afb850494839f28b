using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>What a draft needs before it is issued.</summary>
public enum ApprovalNeed
{
    /// <summary>One person of Finance, whoever wrote it.</summary>
    One = 0,

    /// <summary>Two people of Finance, neither of them whoever wrote it.</summary>
    FourEyes = 1,

    /// <summary>Nobody: a rule lets it pass. Until it has, one person may.</summary>
    Auto = 2,
}

/// <summary>Why somebody's approval would not count.</summary>
public enum ApprovalRefusal
{
    /// <summary>They gave the first of two already.</summary>
    SamePerson = 0,

    /// <summary>They wrote what stands in it.</summary>
    IsMaker = 1,
}

/// <summary>A draft as the rules look at it.</summary>
/// <param name="CustomerId">Whose invoice it is.</param>
/// <param name="Gross">What the client would pay.</param>
public sealed record ApprovalCase(Guid CustomerId, Money Gross)
{
    public IReadOnlyList<ApprovalRule> Rules { get; init; } = [];

    /// <summary>The user who wrote or edited it; null when nobody of the house did.</summary>
    public Guid? MakerId { get; init; }

    /// <summary>Who approved this version of the draft so far; of a credit note also whoever proposed it.</summary>
    public IReadOnlyList<Guid> ApprovedBy { get; init; } = [];

    /// <summary>It says what the sender sent, nobody of the house has had a hand in it, and nothing stands in its way.</summary>
    public bool IsUntouched { get; init; }

    /// <summary>Invoices of the customer that went well since the last one that did not.</summary>
    public int CleanInvoices { get; init; }
}

/// <summary>Who has to approve a draft, by its amount and its customer.</summary>
public static class ApprovalPolicy
{
    private const int TwoPeople = 2;

    /// <summary>The customer's own rule in the place of everybody's; null where there is neither.</summary>
    public static ApprovalRule? RuleOf(ApprovalCase draft) =>
        draft.Rules.Where(rule => rule.Currency == draft.Gross.Currency && (rule.CustomerId is null || rule.CustomerId == draft.CustomerId)).MaxBy(rule => rule.CustomerId is not null);

    /// <summary>Four eyes come before a rule that would let it pass.</summary>
    public static ApprovalNeed NeedOf(ApprovalCase draft)
    {
        var (rule, gross) = (RuleOf(draft), draft.Gross.Minor);
        if (gross >= rule?.FourEyesFromMinor)
            return ApprovalNeed.FourEyes;
        return draft.IsUntouched && gross <= rule?.AutoUpToMinor && draft.CleanInvoices >= rule.CleanInvoices ? ApprovalNeed.Auto : ApprovalNeed.One;
    }

    /// <summary>Null where this user's approval counts.</summary>
    public static ApprovalRefusal? RefusalOf(ApprovalCase draft, Guid userId)
    {
        if (NeedOf(draft) != ApprovalNeed.FourEyes)
            return null;
        if (draft.MakerId == userId)
            return ApprovalRefusal.IsMaker;
        return draft.ApprovedBy.Contains(userId) ? ApprovalRefusal.SamePerson : null;
    }

    /// <summary>How many people still have to approve it. A rule that was lifted after the first of two leaves one: somebody has to issue it.</summary>
    public static int StillNeeded(ApprovalCase draft) => NeedOf(draft) == ApprovalNeed.FourEyes ? Math.Max(1, TwoPeople - draft.ApprovedBy.Count) : 1;

    /// <summary>The next approval issues it.</summary>
    public static bool IsLast(ApprovalCase draft) => StillNeeded(draft) == 1;
}
