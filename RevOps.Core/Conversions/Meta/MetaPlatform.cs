using System.Globalization;
using System.Net.Http.Headers;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Conversions.Meta;

/// <summary>Meta on the Connections page: what it needs, and whether the token may see the dataset.</summary>
public sealed class MetaPlatform(MetaAccount account, IHttpClientFactory http) : IPlatformConnection
{
    public const string DatasetId = "Meta:DatasetId";
    public const string AccessToken = "Meta:AccessToken";
    public const string AdAccountId = "Meta:AdAccountId";

    private const string AccountPrefix = "act_";

    public string Name => "Meta";

    public Mode? Mode => account.Connection?.Mode;

    public IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(DatasetId) { Check = text => text.Length is >= 5 and <= 20 && text.All(char.IsAsciiDigit) ? null : "meta.datasetId" },
        new(AccessToken) { IsSecret = true, Check = text => text.Length >= 3 && text.All(sign => sign is > ' ' and <= '~') ? null : "meta.accessToken", Hint = ConnectionHint.Ending },
        new(AdAccountId) { IsRequired = false, Tidy = WithoutPrefix, Check = text => text.Length is >= 5 and <= 20 && text.All(char.IsAsciiDigit) ? null : "meta.adAccountId" },
    ];

    /// <summary>Meta has no test mode.</summary>
    public bool IsLive(ConnectionField field, string value) => field.Name == AccessToken && !account.ApiBase.IsLoopback;

    public async Task<CheckReport> CheckAsync(CancellationToken cancel)
    {
        if (account.Connection is not { } meta)
            return new(CheckOutcome.NotConnected);
        var answer = await AskAsync(meta, $"/{meta.Version}/{Uri.EscapeDataString(meta.DatasetId)}?fields=id,name", cancel);
        if (answer.Outcome != ChannelOutcome.Delivered)
            return new(OutcomeOf(answer), answer.Code);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (MetaAnswer.DatasetName(answer.Body) is { } name)
            facts["dataset"] = name;

        // A token that may not ask about itself sends all the same.
        var about = await AskAsync(meta, $"/{meta.Version}/debug_token?input_token={Uri.EscapeDataString(meta.AccessToken)}", cancel);
        if (about.Outcome == ChannelOutcome.Delivered && MetaAnswer.TokenEnd(about.Body) is { } ends)
            facts[Quality.QualityQueries.EndsFact] = ends == DateTimeOffset.MaxValue ? "never" : ends.ToString("O", CultureInfo.InvariantCulture);
        return new(CheckOutcome.Works) { Facts = facts };
    }

    private async Task<ChannelAnswer> AskAsync(MetaConnection meta, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(meta.ApiBase, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", meta.AccessToken);
        using var client = http.CreateClient(MetaChannel.HttpName);
        return await ChannelHttp.ExchangeAsync(client, request, MetaAnswer.ReadDataset, cancel);
    }

    /// <summary>Ads Manager shows the number, its API wants act_ before it.</summary>
    internal static string WithoutPrefix(string account) => account.Trim() is var tidy && tidy.StartsWith(AccountPrefix, StringComparison.Ordinal) ? tidy[AccountPrefix.Length..] : tidy;

    private static CheckOutcome OutcomeOf(ChannelAnswer answer) => answer switch
    {
        { HttpStatus: null } => CheckOutcome.NoNetwork,
        { Code: { } code } when code.StartsWith("190", StringComparison.Ordinal) || code.StartsWith("102", StringComparison.Ordinal) => CheckOutcome.WrongKey,

        // 100/33 is both: no such dataset, or none that this token may see. Meta does not tell the two apart.
        { Code: "100/33" } => CheckOutcome.Refused,
        { Outcome: ChannelOutcome.ConnectionBroken } => CheckOutcome.NoRights,
        { Outcome: ChannelOutcome.Retry } => CheckOutcome.Failing,
        _ => CheckOutcome.Refused,
    };
}
