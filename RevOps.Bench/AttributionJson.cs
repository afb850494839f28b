using System.Text.Encodings.Web;
using System.Text.Json;
using RevOps.Core.Attribution.Models;

namespace RevOps.Bench;

/// <summary>What all models say, for comparison with another tool. Values in the file's own unit.</summary>
internal static class AttributionJson
{
    public static void Write(Stream stream, PassResult result)
    {
        using var json = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("pConversion");
        foreach (var chain in result.Chains)
            json.WriteNumber(chain.Order.ToString(System.Globalization.CultureInfo.InvariantCulture), chain.Conversion);
        json.WriteEndObject();
        json.WriteStartObject("models");
        foreach (var (model, credit, chain) in result.Models())
            WriteModel(json, result, model, credit, chain);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteModel(Utf8JsonWriter json, PassResult result, AttributionModel model, ChannelCredit credit, MarkovChain? chain)
    {
        json.WriteStartObject(model.WireName);
        for (var channel = 0; channel < result.Channels.Count; channel++)
        {
            if (channel == result.Absent)
                continue;
            json.WriteStartObject(result.Channels[channel]);
            json.WriteNumber("conversions", credit.Conversions[channel]);
            json.WriteNumber("value", credit.ValueMinor[channel] / JourneyText.Unit);
            if (chain is not null)
                json.WriteNumber("removalEffect", chain.RemovalEffects[channel]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
