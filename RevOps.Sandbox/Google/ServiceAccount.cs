using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>The key pair of the one client that this Google knows; its file looks like one from the Cloud console.</summary>
internal sealed class ServiceAccount : IDisposable
{
    private readonly RSA key = RSA.Create(2048);

    private ServiceAccount(string keyFile) => KeyFile = keyFile;

    public string KeyFile { get; }

    public string ClientEmail => "revops@sandbox.iam.gserviceaccount.com";

    public RSA PublicKey => key;

    /// <summary>The key outlives restarts, as a downloaded one does; only the token address follows the port.</summary>
    public static ServiceAccount Open(string folder, Uri tokenAddress)
    {
        var account = new ServiceAccount(Path.GetFullPath(Path.Combine(folder, "google-service-account.json")));
        var kept = File.Exists(account.KeyFile) ? Json.TryParse(File.ReadAllText(account.KeyFile)) : null;
        if (kept?.Text("private_key") is { } pem)
            account.key.ImportFromPem(pem);
        account.Write(kept?.Text("private_key_id") ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)), tokenAddress);
        return account;
    }

    public void Dispose() => key.Dispose();

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
