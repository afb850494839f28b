using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Platform;

public sealed class ChangeTailTests
{
    [Fact]
    public async Task Commit_OnOneNode_IsHeardOnAnother()
    {
        await using var writer = new RevOpsHost { Settings = { ["Live:Tail"] = "true" } };
        await using var listener = new RevOpsHost { Settings = { ["Live:Tail"] = "true", ["Data:Folder"] = writer.DataFolder } };
        _ = writer.Services;
        var heard = new TaskCompletionSource();
        using var listening = listener.Services.GetRequiredService<ChangeFeed>().Listen(nameof(ApiKey), () => heard.TrySetResult());

        await writer.CreateKeyAsync(ApiKey.EventsWrite);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
