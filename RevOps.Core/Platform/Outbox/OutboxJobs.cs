using Microsoft.Extensions.DependencyInjection;

namespace RevOps.Core.Platform.Outbox;

/// <summary>The kinds of deferred work, by the class name that their rows carry.</summary>
public sealed class OutboxJobs(IEnumerable<OutboxJobs.Kind> kinds)
{
    private readonly Dictionary<string, Type> types = kinds.ToDictionary(kind => kind.Job.Name, kind => kind.Job, StringComparer.Ordinal);

    /// <summary>Every kind that this version has.</summary>
    public IReadOnlyCollection<string> Names => types.Keys;

    /// <exception cref="InvalidOperationException">A row asks for a job that this version of the product does not have.</exception>
    public Type TypeOf(string job) => types.TryGetValue(job, out var type)
        ? type
        : throw new InvalidOperationException($"No job is called '{job}' in this version; the row waits for the version that wrote it.");

    public sealed record Kind(Type Job);
}

public static class OutboxRegistration
{
    public static IServiceCollection AddOutboxJob<TJob>(this IServiceCollection services) where TJob : class, IOutboxJob =>
        services.AddScoped<TJob>().AddSingleton(new OutboxJobs.Kind(typeof(TJob)));
}
