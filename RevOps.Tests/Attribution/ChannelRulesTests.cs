using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;

namespace RevOps.Tests.Attribution;

public sealed class ChannelRulesTests
{
    private static readonly string?[] Sources =
        [null, "", "(direct)", "direct", "google", "Google", "bing", "duckduckgo", "facebook", "FB", "ig", "big", "instagram", "meta", "linkedin", "twitter", "x.com", "t.co", "netflix.com", "youtube", "newsletter", "partner", "yandex"];

    private static readonly string?[] Mediums =
        [null, "", "(none)", "none", "None", " cpc ", "CPC", "ppc", "paid", "paidsearch", "paid_search", "sem", "paid_social", "paidsocial", "cpm", "paid-social", "email", "E-Mail", "newsletter", "affiliate", "social", "organic_social", "organic", "referral", "banner", "direct"];

    private static readonly string?[] Clicks = [null, "gclid", "gbraid", "wbraid", "msclkid", "fbclid", "ttclid", "li_fat_id"];

    private static readonly string?[] Referrers = [null, "", "no address", "https://www.google.com/search", "https://l.facebook.com/", "https://t.co/x", "https://WWW.Bing.com", "https://blog.example/post", "https://www.qwant.com/", "android-app://com.google.android.gm"];

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Default_SaysWhatWasSaidBeforeThereWereRules()
    {
        var cases = (from source in Sources from medium in Mediums from click in Clicks from referrer in Referrers select (source, medium, click, referrer)).ToList();

        Assert.InRange(cases.Count, 10_000, int.MaxValue);
        Assert.DoesNotContain(cases, one => !HoldsAHostByChance(one.source) && !HoldsAHostByChance(TouchFacts.HostOf(one.referrer)) && ChannelAsItWas.Of(one.source, one.medium, one.click, one.referrer) != Decide(ChannelRules.Default, new(one.source, one.medium, one.click, TouchFacts.HostOf(one.referrer))).Channel);
    }

    /// <summary>"t.co" stands in "qwant.com" and "x.com" in "netflix.com": that was a mistake.</summary>
    [Theory]
    [InlineData(null, "https://www.qwant.com/", Channel.OrganicSearch)]
    [InlineData(null, "https://www.microsoft.com/", Channel.Referral)]
    [InlineData("netflix.com", null, Channel.Referral)]
    [InlineData(null, "https://t.co/x", Channel.OrganicSocial)]
    [InlineData(null, "https://mobile.x.com/x", Channel.OrganicSocial)]
    public void AHost_IsFoundAsAHost(string? source, string? referrer, string expected) =>
        Assert.Equal(expected, Decide(ChannelRules.Default, new(source, null, null, TouchFacts.HostOf(referrer))).Channel);

    [Fact]
    public void RulesThatAreWritten_AreReadAgain() => Assert.Equal(ChannelRules.Write(ChannelRules.Default), ChannelRules.Write(ChannelRules.Read(ChannelRules.Write(ChannelRules.Default))));

    [Fact]
    public void NeighboursThatSayTheSame_MayStandInAnyOrder() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var rules = ChannelRules.Default.OrderBy(_ => random.Next()).ToList();
        var swapped = rules.ToList();
        for (var at = 0; at + 1 < swapped.Count; at++)
        {
            if ((swapped[at].Channel, swapped[at].Platform) == (swapped[at + 1].Channel, swapped[at + 1].Platform))
                (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
        }

        return Enumerable.Range(0, 50).Select(_ => FactsOf(random)).All(facts => Decide(rules, facts) == Decide(swapped, facts));
    }));

    [Fact]
    public void APreview_LosesNoVisit() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var groups = Enumerable.Range(0, random.Next(30)).Select(_ => FactsOf(random)).Select(facts => new TouchGroup(facts, Decide(ChannelRules.Default, facts), random.Next(1, 9), random.Next(9) > 0)).ToList();
        var preview = ChannelPreview.Of(groups, [.. ChannelRules.Default.OrderBy(_ => random.Next())]);
        return preview.Channels.Sum(count => count.Now) == preview.Touches && preview.Channels.Sum(count => count.Then) == preview.Touches
            && preview.Moves.Sum(move => move.Count) == preview.Moving && preview.Channels.Sum(count => Math.Abs(count.Now - count.Then)) <= 2 * preview.Moving
            && ChannelPreview.Of(groups, ChannelRules.Default).Moving == 0;
    }));

    [Fact]
    public void APlatform_IsTheAds_ThenTheRules_ThenTheClicks()
    {
        IReadOnlyList<ChannelRule> rules = [new() { Click = new(FieldTest.Present, []), Channel = Channel.PaidSocial, Platform = "linkedin" }, .. ChannelRules.Default];

        Assert.Equal(new("paid_social", "tiktok"), ChannelRules.Of(rules, new(null, null, "fbclid", "", "tiktok")));
        Assert.Equal(new("paid_social", "linkedin"), ChannelRules.Of(rules, new(null, null, "fbclid", "")));
        Assert.Equal(new("paid_social", "meta"), ChannelRules.Of(ChannelRules.Default, new(null, null, "fbclid", "")));
        Assert.Equal(new("other", null), ChannelRules.Of([], new("google", "cpc", null, "")));
    }

    [Fact]
    public void AVisit_IsJudgedByTheNewestVersionThatCoversItsDay()
    {
        var from = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var later = new ChannelRuleSet { Id = Guid.NewGuid(), Number = 2, ValidFrom = from, EnteredAt = from, RulesJson = "[]" };
        var history = new ChannelHistory([later, ChannelRuleSet.Default]);

        Assert.Equal(Channel.Other, history.Of(new(null, "email", null, ""), from).Channel);
        Assert.Equal(Channel.Email, history.Of(new(null, "email", null, ""), from.AddTicks(-1)).Channel);
    }

    [Fact]
    public void ARule_SaysWhatItLacks()
    {
        var email = new ChannelRule { Medium = new(FieldTest.Is, ["email"]), Channel = Channel.Email };

        Assert.Null(ChannelRules.ProblemOf(email));
        Assert.All(ChannelRules.Default, rule => Assert.Null(ChannelRules.ProblemOf(rule)));
        Assert.Equal("condition", ChannelRules.ProblemOf(new() { Channel = Channel.Email }));
        Assert.Equal("words", ChannelRules.ProblemOf(email with { Source = new(FieldTest.Contains, []) }));
        Assert.Equal("channel", ChannelRules.ProblemOf(email with { Channel = "fax" }));
        Assert.Equal("platform", ChannelRules.ProblemOf(email with { Platform = "fax" }));
        Assert.Equal("many", ChannelRules.ProblemOf(email with { Source = new(FieldTest.Is, [new string('x', 101)]) }));
        Assert.Equal(["google", "bing"], ChannelRules.WordsOf(" Google, bing ,, google"));
    }

    [Fact]
    public void WhatMayBeSomebodys_IsNotShown()
    {
        Assert.Equal("•••", ChannelPreview.Masked("ann@example.com"));
        Assert.Equal("•••", ChannelPreview.Masked("0612345678"));
        Assert.Equal("spring-2026", ChannelPreview.Masked("spring-2026"));
    }

    private static bool HoldsAHostByChance(string? word) => word is "netflix.com" or "www.qwant.com";

    private static Placed Decide(IReadOnlyList<ChannelRule> rules, TouchFacts facts) => ChannelRules.Of(rules, facts);

    private static TouchFacts FactsOf(Random random) =>
        new(OneOf(Sources, random), OneOf(Mediums, random), random.Next(3) == 0 ? OneOf(Clicks, random) : null, TouchFacts.HostOf(OneOf(Referrers, random)));

    private static string? OneOf(string?[] words, Random random) => words[random.Next(words.Length)];
}
