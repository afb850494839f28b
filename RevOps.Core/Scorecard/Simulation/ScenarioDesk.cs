using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Scorecard.Simulation;

/// <summary>Keeps scenarios by name, for everybody who may see the simulator.</summary>
public sealed class ScenarioDesk(IDbContextFactory<RevOpsDb> databases, TwoFactorRule rule, AuditTrail audit)
{
    public async Task<IReadOnlyList<SavedScenario>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await db.Set<Scenario>().AsNoTracking().OrderBy(scenario => scenario.Name).ToListAsync(cancel)).ConvertAll(SavedScenario.Of);
    }

    /// <summary>A name that there is already is kept anew.</summary>
    /// <param name="name">Unique.</param>
    /// <param name="inputs">With which it is reckoned.</param>
    /// <param name="levers">In service.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="mode">Of the figures that the inputs began with: it speaks of no other.</param>
    /// <param name="by">Who keeps it.</param>
    /// <param name="cancel">Ends the saving.</param>
    /// <exception cref="ArgumentException">No name, or one of more than <see cref="Scenario.LongestName"/> characters; or an input that <see cref="SimulationInputs.Wrong"/> names.</exception>
    /// <returns>Null when whoever asks may not.</returns>
    public async Task<Guid?> SaveAsync(string name, SimulationInputs inputs, Levers levers, long seed, Mode mode, Approver by, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Trim().Length, Scenario.LongestName);
        if (inputs.Wrong is { } wrong && InputLimits.Of(wrong) is var (least, most))
            throw new ArgumentException($"{wrong}: the least, the likeliest and the most in this order are expected, from {least} to {most}.", nameof(inputs));

        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await by.HoldsAsync(db, Roles.Management, rule, cancel))
            return null;
        await db.BeginWorkAsync(cancel);
        var (called, json, now) = (name.Trim(), JsonSerializer.Serialize(inputs), TimeProvider.System.GetUtcNow());
        var scenario = await db.Set<Scenario>().SingleOrDefaultAsync(known => known.Name == called, cancel);
        if (scenario is null)
            db.Add(scenario = new() { Id = Guid.CreateVersion7(), Name = called, Inputs = json, Levers = levers, Seed = seed, Mode = mode, UserId = by.UserId, RecordedAt = now });
        (scenario.Inputs, scenario.Levers, scenario.Seed, scenario.Mode, scenario.UserId, scenario.RecordedAt) = (json, levers, seed, mode, by.UserId, now);
        await audit.WriteAsync(db, new(by.Actor, "scenario.saved", nameof(Scenario), scenario.Id.ToString()) { After = new { scenario.Name, scenario.Levers, scenario.Seed, scenario.Mode } }, cancel);
        await db.SaveChangesAsync(cancel);
        return scenario.Id;
    }

    /// <summary>False when whoever asks may not. One that is gone already is gone.</summary>
    public async Task<bool> RemoveAsync(Guid id, Approver by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await by.HoldsAsync(db, Roles.Management, rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        if (await db.Set<Scenario>().SingleOrDefaultAsync(known => known.Id == id, cancel) is not { } found)
            return true;
        db.Remove(found);
        await audit.WriteAsync(db, new(by.Actor, "scenario.removed", nameof(Scenario), id.ToString()) { Before = new { found.Name } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }
}

public sealed record SavedScenario(Guid Id, string Name, SimulationInputs Inputs, Levers Levers, long Seed, Mode Mode, DateTimeOffset RecordedAt)
{
    internal static SavedScenario Of(Scenario scenario) => new(scenario.Id, scenario.Name, JsonSerializer.Deserialize<SimulationInputs>(scenario.Inputs)!, scenario.Levers, scenario.Seed, scenario.Mode, scenario.RecordedAt);
}
