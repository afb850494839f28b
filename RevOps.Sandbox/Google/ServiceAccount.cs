using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>The key pair of the one client that this Google knows; its file looks like one from the Cloud console.</summary>
internal sealed class ServiceAccount : IDisposable
{
    // It takes half a second to make one: whoever opens many sandboxes in one process, as the tests do, needs it once.
    private static readonly Lazy<string> NewKey = new(MakeKey);

    private readonly RSA key = RSA.Create();

    private ServiceAccount(string keyFile) => KeyFile = keyFile;

    public string KeyFile { get; }

    public string ClientEmail => "revops@sandbox.iam.gserviceaccount.com";

    public RSA PublicKey => key;

    /// <summary>The key outlives restarts, as a downloaded one does; only the token address follows the port.</summary>
    public static ServiceAccount Open(string folder, Uri tokenAddress)
    {
        var account = new ServiceAccount(Path.GetFullPath(Path.Combine(folder, "google-service-account.json")));
        var kept = File.Exists(account.KeyFile) ? Json.TryParse(File.ReadAllText(account.KeyFile)) : null;
        account.key.ImportFromPem(kept?.Text("private_key") ?? NewKey.Value);
        account.Write(kept?.Text("private_key_id") ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)), tokenAddress);
        return account;
    }

    public void Dispose() => key.Dispose();

    private static string MakeKey()
    {
        using var made = RSA.Create(2048);
        return made.ExportPkcs8PrivateKeyPem();
    }

    private void Write(string keyId, Uri tokenAddress)
    {
        var file = new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = "sandbox",
            ["private_key_id"] = keyId,
            ["private_key"] = key.ExportPkcs8PrivateKeyPem() + "\n",
            ["client_email"] = ClientEmail,
            ["client_id"] = "100000000000000000001",
            ["token_uri"] = tokenAddress.ToString(),
        };
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(KeyFile, options);
        writer.Write(file.ToJsonString(new() { WriteIndented = true }));
    }
}
