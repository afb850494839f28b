using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Conversions.Google;

/// <summary>Google on the Connections page: what it needs, and whether it would take a conversion, rehearsed with <c>validateOnly</c>.</summary>
public sealed class GooglePlatform(GoogleAdsAccount account, GoogleActions names, StageRules stages, IHttpClientFactory http, IDbContextFactory<RevOpsDb> databases) : IPlatformConnection
{
    public const string CustomerId = "Google:CustomerId";
    public const string LoginCustomerId = "Google:LoginCustomerId";
    public const string ServiceAccountKey = "Google:ServiceAccountKey";

    private const int CustomerDigits = 10;

    public string Name => "Google";

    public Mode? Mode => account.Connection?.Mode;

    public IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(CustomerId) { Tidy = WithoutHyphens, Check = CheckCustomer },
        new(LoginCustomerId) { IsRequired = false, Tidy = WithoutHyphens, Check = CheckCustomer },
        new(ServiceAccountKey) { ConfigurationKey = "Google:ServiceAccountKeyFile", IsSecret = true, IsLong = true, Check = CheckKey, Hint = HintOf },
    ];

    /// <summary>Google has no test accounts here.</summary>
    public bool IsLive(ConnectionField field, string value) => field.Name == ServiceAccountKey && !account.ApiBase.IsLoopback;

    /// <summary>A fresh token, and one conversion for every chosen action that is looked at and thrown away.</summary>
    public async Task<CheckReport> CheckAsync(CancellationToken cancel)
    {
        if (account.Connection is not { } google)
            return new(CheckOutcome.NotConnected);

        // Not the channel's token: one that was withdrawn an hour ago would still look good.
        using var tokens = new GoogleTokens(http, TimeProvider.System);
        var (token, failure) = await tokens.GetAsync(google.Key, cancel);
        if (token is null)
            return new(failure!.HttpStatus is null && failure.Code != "bad_key" ? CheckOutcome.NoNetwork : failure.Outcome == ChannelOutcome.Retry ? CheckOutcome.Failing : CheckOutcome.WrongKey, failure.Code);
        var actions = await ActionsAsync(cancel);
        if (actions.Count == 0)
            return new(CheckOutcome.Works) { Facts = Facts(google, ("actions", "none")) };

        var answer = await RehearseAsync(google, token, actions, cancel);
        return answer.Outcome == ChannelOutcome.Delivered
            ? new(CheckOutcome.Works) { Facts = Facts(google, ("actions", await NamedAsync(actions, cancel))) }
            : new(OutcomeOf(answer), answer.Code) { Facts = await RefusedAsync(google, token, actions, answer, cancel) };
    }

    /// <summary>Google refuses all for one: which one it is shows when each is asked alone.</summary>
    private async Task<IReadOnlyDictionary<string, string>> RefusedAsync(GoogleConnection google, string token, IReadOnlyList<string> actions, ChannelAnswer answer, CancellationToken cancel)
    {
        var refused = new List<string>();
        foreach (var action in OutcomeOf(answer) == CheckOutcome.Refused ? actions : [])
        {
            if (actions.Count == 1 || (await RehearseAsync(google, token, [action], cancel)).Outcome != ChannelOutcome.Delivered)
                refused.Add(action);
        }

        return refused.Count == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["refusedActions"] = await NamedAsync(refused, cancel) };
    }

    /// <summary>"1001 (Lead)" where Google names them, else the number alone.</summary>
    private async Task<string> NamedAsync(IEnumerable<string> actions, CancellationToken cancel)
    {
        var known = (await names.ListAsync(cancel)).ToLookup(action => action.Id, StringComparer.Ordinal);
        return string.Join(", ", actions.Select(action => known[action].FirstOrDefault() is { } one ? $"{action} ({one.Name})" : action));
    }

    private async Task<ChannelAnswer> RehearseAsync(GoogleConnection google, string token, IReadOnlyList<string> actions, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(google.ApiBase, "/v1/events:ingest"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (google.Key.ProjectId is { Length: > 0 } project)
            request.Headers.Add("x-goog-user-project", project);
        request.Content = new StringContent(GoogleBody.Rehearsal(google, actions, TimeProvider.System.GetUtcNow()).Write(), Encoding.UTF8, "application/json");
        using var client = http.CreateClient(GoogleChannel.HttpName);
        return await ChannelHttp.ExchangeAsync(client, request, GoogleAnswer.ReadRehearsal, cancel);
    }

    private async Task<IReadOnlyList<string>> ActionsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await stages.ListAsync(db, cancel);
        return [.. rules.Where(rule => rule is { Platform: AdPlatform.Google, Sends: true, Name.Length: > 0 }).Select(rule => rule.Name).Distinct(StringComparer.Ordinal)];
    }

    private static CheckOutcome OutcomeOf(ChannelAnswer answer) => answer switch
    {
        { HttpStatus: null } => CheckOutcome.NoNetwork,
        { HttpStatus: 401 } => CheckOutcome.WrongKey,
        { Outcome: ChannelOutcome.ConnectionBroken } => CheckOutcome.NoRights,
        { Outcome: ChannelOutcome.Retry } => CheckOutcome.Failing,
        _ => CheckOutcome.Refused,
    };

    private static Dictionary<string, string> Facts(GoogleConnection google, (string Name, string Value) more) => new(StringComparer.Ordinal)
    {
        ["account"] = google.CustomerId,
        ["serviceAccount"] = google.Key.ClientEmail,
        [more.Name] = more.Value,
    };

    private static string WithoutHyphens(string given) => string.Concat(given.Where(sign => !char.IsWhiteSpace(sign) && sign != '-'));

    private static string? CheckCustomer(string text) => text.Length == CustomerDigits && text.All(char.IsAsciiDigit) ? null : "google.customerId";

    private static string? CheckKey(string json)
    {
        try
        {
            var key = GoogleKey.Parse(json);
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key.PrivateKey);
            return null;
        }
        catch (Exception unusable) when (unusable is FormatException or CryptographicException or ArgumentException)
        {
            return "google.serviceAccountKey";
        }
    }

    /// <summary>Whose key it is, and the end of its id: neither is secret.</summary>
    private static string HintOf(string json)
    {
        try
        {
            var key = GoogleKey.Parse(json);
            return string.Create(CultureInfo.InvariantCulture, $"{key.ClientEmail} {ConnectionHint.Ending(key.PrivateKeyId ?? "")}");
        }
        catch (FormatException)
        {
            // A path, where the configuration names the file.
            return json;
        }
    }
}
