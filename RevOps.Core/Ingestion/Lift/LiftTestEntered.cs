using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Lift;

namespace RevOps.Core.Ingestion.Lift;

/// <summary>Marketing wrote down what a lift test found.</summary>
public sealed record LiftTestEntered(Guid Id, NewLiftTest Test, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.lift_test_entered";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var actor = $"user:{UserId}";
        reception.Db.Add(new LiftTest
        {
            Id = Id,
            Channel = Test.Channel,
            Platform = Test.Platform,
            From = Test.From,
            To = Test.To,
            Method = Test.Method,
            HeldOut = Test.HeldOut,
            Measure = Test.Measure,
            Incremental = Test.Incremental,
            Low = Test.Low,
            High = Test.High,
            Currency = Test.Currency,
            ControlConversions = Test.Arms?.Control,
            TreatedConversions = Test.Arms?.Treated,
            ControlShare = Test.Arms?.ControlShare,
            Source = Test.Source.Trim(),
            Note = string.IsNullOrWhiteSpace(Test.Note) ? null : Test.Note.Trim(),
            EnteredBy = actor,
            EnteredAt = reception.Now,
        });
        await reception.Services.Audit.WriteAsync(reception.Db, new(actor, "liftTest.entered", nameof(LiftTest), Id.ToString()) { After = Test }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Show the lift test next to the credit of its channel"];
}

/// <summary>A lift test that was entered wrongly is shown no more.</summary>
public sealed record LiftTestWithdrawn(Guid Id, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.lift_test_withdrawn";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        if (await reception.Db.Set<LiftTest>().SingleOrDefaultAsync(test => test.Id == Id && test.WithdrawnAt == null, reception.Cancel) is not { } test)
            return EventFate.Ignored;
        test.WithdrawnAt = reception.Now;
        await reception.Services.Audit.WriteAsync(reception.Db, new($"user:{UserId}", "liftTest.withdrawn", nameof(LiftTest), Id.ToString()) { Before = new { test.Channel, test.From, test.To, test.Incremental } }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Show the lift test no more"];
}
