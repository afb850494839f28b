using RevOps.Core.Billing;

namespace RevOps.Tests.Billing;

public sealed class ApprovalPolicyTests
{
    private static readonly Guid Customer = Guid.NewGuid(), Ann = Guid.NewGuid(), Bob = Guid.NewGuid();

    [Theory]
    [InlineData(99_999, null, 0, ApprovalNeed.One)]
    [InlineData(100_000, null, 0, ApprovalNeed.FourEyes)]
    [InlineData(50_000, 50_000L, 4, ApprovalNeed.One)]
    [InlineData(50_000, 50_000L, 5, ApprovalNeed.Auto)]
    [InlineData(50_001, 50_000L, 5, ApprovalNeed.One)]
    [InlineData(100_000, 200_000L, 9, ApprovalNeed.FourEyes)]
    public void Need_IsByAmountAndHistory(long gross, long? autoUpTo, int clean, ApprovalNeed expected) =>
        Assert.Equal(expected, ApprovalPolicy.NeedOf(Draft(gross, Rule(fourEyesFrom: 100_000, autoUpTo)) with { CleanInvoices = clean, IsUntouched = true }));

    [Fact]
    public void Need_WithoutARule_IsOne() => Assert.Equal(ApprovalNeed.One, ApprovalPolicy.NeedOf(Draft(long.MaxValue) with { CleanInvoices = 99, IsUntouched = true }));

    [Fact]
    public void Need_OfWhatSomebodyHadAHandIn_IsNeverAuto() => Assert.Equal(ApprovalNeed.One, ApprovalPolicy.NeedOf(Draft(1, Rule(null, 50_000)) with { CleanInvoices = 99 }));

    [Fact]
    public void Rule_OfTheCustomerTakesThePlaceOfEverybodys()
    {
        var (everybodys, theirs, others, dollars) = (Rule(1, null), Rule(null, null, Customer), Rule(1, null, Guid.NewGuid()), Rule(1, null, Customer, "USD"));
        Assert.Same(theirs, ApprovalPolicy.RuleOf(Draft(10, everybodys, others, dollars, theirs)));
        Assert.Same(everybodys, ApprovalPolicy.RuleOf(Draft(10, others, dollars, everybodys)));
        Assert.Null(ApprovalPolicy.RuleOf(Draft(10, others, dollars)));
        Assert.Equal(ApprovalNeed.One, ApprovalPolicy.NeedOf(Draft(10, everybodys, theirs)));
    }

    [Fact]
    public void FourEyes_AreTwoOthersThanTheMaker()
    {
        var draft = Draft(100, Rule(1, null)) with { MakerId = Ann };
        Assert.Equal(ApprovalRefusal.IsMaker, ApprovalPolicy.RefusalOf(draft, Ann));
        Assert.Null(ApprovalPolicy.RefusalOf(draft, Bob));
        Assert.Equal((2, false), (ApprovalPolicy.StillNeeded(draft), ApprovalPolicy.IsLast(draft)));

        var once = draft with { ApprovedBy = [Bob] };
        Assert.Equal(ApprovalRefusal.SamePerson, ApprovalPolicy.RefusalOf(once, Bob));
        Assert.Equal(ApprovalRefusal.IsMaker, ApprovalPolicy.RefusalOf(once, Ann));
        Assert.Null(ApprovalPolicy.RefusalOf(once, Guid.NewGuid()));
        Assert.True(ApprovalPolicy.IsLast(once));
    }

    /// <summary>Of a credit note: whoever proposed it is one of the two; what nobody of the house proposed needs two others.</summary>
    [Fact]
    public void FourEyes_CountWhoeverProposedACreditNote()
    {
        var proposed = Draft(100, Rule(1, null)) with { MakerId = Ann, ApprovedBy = [Ann] };
        Assert.Equal((ApprovalRefusal.IsMaker, 1), (ApprovalPolicy.RefusalOf(proposed, Ann), ApprovalPolicy.StillNeeded(proposed)));
        Assert.Null(ApprovalPolicy.RefusalOf(proposed, Bob));
        Assert.Equal(2, ApprovalPolicy.StillNeeded(Draft(100, Rule(1, null))));
    }

    [Fact]
    public void OnePerson_MayApproveWhatTheyWrote()
    {
        var draft = Draft(100, Rule(101, null)) with { MakerId = Ann };
        Assert.Null(ApprovalPolicy.RefusalOf(draft, Ann));
        Assert.True(ApprovalPolicy.IsLast(draft));
    }

    /// <summary>A rule that is lifted leaves a draft that somebody has to issue, whoever approved it before.</summary>
    [Fact]
    public void ARuleThatIsLiftedAfterTheFirst_LeavesOneApproval()
    {
        var draft = Draft(100) with { ApprovedBy = [Ann] };
        Assert.Null(ApprovalPolicy.RefusalOf(draft, Ann));
        Assert.True(ApprovalPolicy.IsLast(draft));
    }

    [Theory]
    [InlineData("1 500,50", "", "5", null)]
    [InlineData("", "0", "5", "amount")]
    [InlineData("1.005", "", "5", "amount")]
    [InlineData("x", "", "5", "amount")]
    [InlineData("", "", "5", "empty")]
    [InlineData("100", "100", "5", "overlap")]
    [InlineData("100", "99.99", "0", "clean")]
    [InlineData("100", "99.99", "1001", "clean")]
    public void AnEntry_SaysWhatIsWrong(string fourEyes, string auto, string clean, string? wrong) =>
        Assert.Equal(wrong, new ApprovalRuleEntry { Currency = "EUR", FourEyesFrom = fourEyes, AutoUpTo = auto, CleanInvoices = clean }.Check().Values.SingleOrDefault());

    [Fact]
    public void AnEntryForOneCustomer_MayAskForNeither() => Assert.Empty(new ApprovalRuleEntry { Currency = "EUR", CustomerRef = "C-1" }.Check());

    private static ApprovalCase Draft(long gross, params ApprovalRule[] rules) => new(Customer, new(gross, "EUR")) { Rules = rules };

    private static ApprovalRule Rule(long? fourEyesFrom, long? autoUpTo, Guid? customerId = null, string currency = "EUR") => new()
    {
        Id = Guid.NewGuid(), CustomerId = customerId, Currency = currency, FourEyesFromMinor = fourEyesFrom, AutoUpToMinor = autoUpTo, UserId = Ann, RecordedAt = DateTimeOffset.UnixEpoch,
    };
}
