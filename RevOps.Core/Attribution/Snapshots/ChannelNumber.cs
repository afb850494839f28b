namespace RevOps.Core.Attribution.Snapshots;

/// <summary>The number that a channel has in paths and in the models.</summary>
internal static class ChannelNumber
{
    private static readonly Dictionary<string, byte> Numbers = Channel.All.Index().ToDictionary(pair => pair.Item, pair => (byte)pair.Index, StringComparer.Ordinal);

    public static readonly byte Direct = Numbers[Channel.Direct];

    public static int Count => Channel.All.Count;

    public static string NameOf(byte number) => Channel.All[number];

    /// <summary>What no rule of today can have decided is another channel.</summary>
    public static byte Of(string channel) => Numbers.TryGetValue(channel, out var number) ? number : Numbers[Channel.Other];
}
