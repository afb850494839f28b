using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RevOps.Tests.Conventions;

/// <summary>Reads everything that is logged and keeps the lines with something of a person in them.</summary>
internal sealed class LogWatch(string[] personal) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> told = new();
    private long lines;

    public IReadOnlyCollection<string> Told => told;

    public long Lines => Interlocked.Read(ref lines);

    public ILogger CreateLogger(string categoryName) => new Watcher(this, categoryName);

    public void Dispose()
    {
        // Nothing is held.
    }

    private void Read(string line)
    {
        Interlocked.Increment(ref lines);
        if (Array.Exists(personal, value => line.Contains(value, StringComparison.OrdinalIgnoreCase)))
            told.Enqueue(line);
    }

    private sealed class Watcher(LogWatch watch, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            watch.Read($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            watch.Read($"{category} {logLevel} {formatter(state, exception)} {exception}");
    }
}
