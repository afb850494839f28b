using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RevOps.Core.Platform.Secrets;

/// <summary>
/// The installation's master keys, in one file of the data folder that only its owner may read. Data keys in the database are
/// wrapped by the current master key and name its version, so a new version can be added without rewriting a row.
/// Whoever has the database without this file can read no personal value.
/// </summary>
public sealed class KeyFile
{
    public const string FileName = "keys.json";
    private const int KeyBytes = 32;

    private readonly Content content;

    private KeyFile(Content content) => this.content = content;

    /// <summary>Version of the master key that wraps new data keys.</summary>
    public int CurrentVersion => content.Current;

    /// <summary>Reads the key file of the folder, and makes it on the first start.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be read as a key file.</exception>
    public static KeyFile OpenOrCreate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            Create(folder, path);

        try
        {
            var read = JsonSerializer.Deserialize<Content>(File.ReadAllText(path));
            if (read is null || read.Lookup.Length != KeyBytes || !read.Masters.TryGetValue(read.Current, out var master) || master.Length != KeyBytes)
                throw new JsonException("a 'Lookup' key and the 'Current' one of 'Masters' are expected, 32 bytes each");
            return new KeyFile(read);
        }
        catch (JsonException damaged)
        {
            throw new InvalidOperationException($"The key file {FileName} in Data:Folder cannot be read ({damaged.Message}). Restore it from a backup: without it personal values stay unreadable.", damaged);
        }
    }

    /// <summary>Seals a data key under the current master key.</summary>
    public byte[] Wrap(Guid owner, byte[] dataKey) => Sealer.Seal(content.Masters[content.Current], owner, dataKey);

    /// <exception cref="CryptographicException">Another owner's key, or a damaged one.</exception>
    public byte[] Unwrap(Guid owner, int version, byte[] wrapped) => content.Masters.TryGetValue(version, out var master)
        ? Sealer.Open(master, owner, wrapped)
        : throw new CryptographicException($"Master key version {version} is not in {FileName}.");

    /// <summary>
    /// A keyed hash for finding a value without storing it: HMAC-SHA256 of the normalised value, told apart by kind
    /// (an e-mail and a phone never share a hash). It stays the same for the life of the installation.
    /// </summary>
    public byte[] LookupHash(string kind, string normalised)
    {
        var most = Encoding.UTF8.GetMaxByteCount(kind.Length + 1 + normalised.Length);
        var bytes = most <= 1_024 ? stackalloc byte[most] : new byte[most];
        var length = Encoding.UTF8.GetBytes(kind, bytes);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(normalised, bytes[length..]);
        return HMACSHA256.HashData(content.Lookup, bytes[..length]);
    }

    private static void Create(string folder, string path)
    {
        Directory.CreateDirectory(folder);
        var fresh = new Content(1, RandomNumberGenerator.GetBytes(KeyBytes), new() { [1] = RandomNumberGenerator.GetBytes(KeyBytes) });
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, fresh);
            file.Flush(flushToDisk: true);
        }

        // Whole or not at all: a half-written key file would make every sealed value unreadable.
        File.Move(draft, path, overwrite: false);
    }

    private sealed record Content(int Current, byte[] Lookup, Dictionary<int, byte[]> Masters);
}
