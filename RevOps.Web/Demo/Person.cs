using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RevOps.Core.Platform;

namespace RevOps.Web.Demo;

/// <summary>Somebody who does not exist, and the company they would buy for.</summary>
internal sealed record Person(int Number, int Client, string FirstName, string LastName, string Company, string Siren, (string Postcode, string City) Town)
{
    // A domain that nobody can own.
    public string Email => $"{Plain(FirstName)}.{Plain(LastName)}@{Plain(Company.Split(' ')[0])}-{Number:000}.example";

    /// <summary>Of the numbers that the French numbering plan keeps for films (ARCEP, 06 39 98).</summary>
    public string Phone => string.Create(CultureInfo.InvariantCulture, $"06 39 98 {Number / 100:00} {Number % 100:00}");

    public static Person Of(int number, Fate fate, Random random)
    {
        var last = Pick(Agency.LastNames, random);
        var town = Agency.Towns[random.Next(Agency.Towns.Length)];
        var company = $"{Pick(Agency.Trades, random)} {last} {Pick(Agency.Forms, random)}";
        return new(number, fate.Client, Pick(Agency.FirstNames, random), last, company, SirenOf(number), town);
    }

    public JsonObject Contact() => new()
    {
        ["email"] = Email, ["phone"] = Phone, ["firstName"] = FirstName, ["lastName"] = LastName, ["postalCode"] = Town.Postcode, ["city"] = Town.City, ["country"] = "FR",
    };

    public JsonObject Customer(bool complete)
    {
        var customer = new JsonObject
        {
            ["ref"] = $"DEMO-C{Number:0000}", ["legalName"] = Company, ["email"] = Email, ["phone"] = Phone, ["kind"] = "business",
        };
        if (!complete)
            return customer;
        customer["siren"] = Siren;
        customer["address"] = new JsonObject { ["line1"] = $"{Number % 90 + 1} rue de la Gare", ["postalCode"] = Town.Postcode, ["city"] = Town.City, ["country"] = "FR" };
        return customer;
    }

    /// <summary>A number that the register does not give, since none begins with a 0, with a check digit that fits.</summary>
    private static string SirenOf(int number)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"0{number + 1_000:0000000}");
        return Enumerable.Range(0, 10).Select(digit => stem + digit).First(RevOps.Core.Platform.Siren.IsValid);
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];

    private static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormD).Where(sign => char.IsAsciiLetterOrDigit(sign))).ToLowerInvariant();
}
