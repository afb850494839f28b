using Microsoft.EntityFrameworkCore;

namespace RevOps.Core.Platform.Outbox;

public static class OutboxExtensions
{
    /// <summary>Asks for work to be done once this context is saved.</summary>
    /// <param name="db">The context whose SaveChanges also saves the state that asks for the work.</param>
    /// <param name="argument">What the job works on: an id.</param>
    /// <param name="due">Earliest instant on the business clock.</param>
    /// <param name="key">What makes this work one: saving a second row of the same job and key fails. The argument when left out.</param>
    /// <param name="lane">Rows of one lane never run side by side.</param>
    public static OutboxRow Enqueue<TJob>(this DbContext db, string argument, DateTimeOffset due, string? key = null, string? lane = null)
        where TJob : IOutboxJob => db.Enqueue(typeof(TJob).Name, argument, due, key, lane);

    /// <summary>Asks for work and saves, where it was not asked for before: at most once for each key, on however many nodes.</summary>
    /// <returns>False when it was.</returns>
    public static async Task<bool> AskOnceAsync<TJob>(this DbContext db, string argument, DateTimeOffset due, string key, CancellationToken cancel)
        where TJob : IOutboxJob
    {
        var asked = db.Set<OutboxRow>().Where(row => row.Job == typeof(TJob).Name && row.Key == key);
        if (await asked.AnyAsync(cancel))
            return false;

        db.Enqueue<TJob>(argument, due, key);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another node was quicker and the unique key refused ours; anything else that went wrong must be seen.
            if (!await asked.AnyAsync(cancel))
                throw;
            return false;
        }
    }

    /// <summary>As <see cref="Enqueue{TJob}"/>, by the job's name, for a feature that may not know the one whose job it is: those to its right.</summary>
    public static OutboxRow Enqueue(this DbContext db, string job, string argument, DateTimeOffset due, string? key = null, string? lane = null)
    {
        var row = new OutboxRow
        {
            Id = Guid.CreateVersion7(),
            Job = job,
            Key = key ?? argument,
            Argument = argument,
            Lane = lane,
            NotBefore = due,
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Add(row);
        return row;
    }
}
