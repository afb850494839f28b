using System.Globalization;
using System.Text;

namespace RevOps.Core.People;

/// <summary>What an event says of a person. Clear text: lives in memory only, is stored sealed.</summary>
public sealed record Contact
{
    /// <summary>The sender's own id of the person, the strongest key there is.</summary>
    public string? Ref { get; init; }

    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }

    /// <summary>State, province or department, by its code or its name.</summary>
    public string? Region { get; init; }


    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Fills what is missing here from an older description.</summary>
    public Contact Over(Contact older) => new()
    {
        Ref = Ref ?? older.Ref,
        Email = Email ?? older.Email,
        Phone = Phone ?? older.Phone,
        FirstName = FirstName ?? older.FirstName,
        LastName = LastName ?? older.LastName,
        PostalCode = PostalCode ?? older.PostalCode,
        City = City ?? older.City,
        Region = Region ?? older.Region,
        Country = Country ?? older.Country,
    };

    /// <summary>For comparing e-mails: trimmed, lower case, composed accents. Null when it is no address.</summary>
    public static string? NormaliseEmail(string? email)
    {
        var text = email?.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();
        var at = text?.LastIndexOf('@') ?? -1;
        return at > 0 && at < text!.Length - 1 && !text.Any(char.IsWhiteSpace) ? text : null;
    }

    /// <summary>For comparing phones: digits with the country code where it is known, else the digits as they stand.</summary>
    public static string? NormalisePhone(string? phone, string defaultCountry) => PhoneNumber.ToE164(phone, defaultCountry) ?? DigitsOf(phone);

    /// <summary>For telling apart who shares a phone: the letters of the first name, without case and accents. Null when there are none.</summary>
    public static string? NormaliseName(string? name)
    {
        var letters = (name ?? "").Normalize(NormalizationForm.FormD).Where(char.IsLetter).Select(char.ToLowerInvariant).ToArray();
        return letters.Length > 1 ? new string(letters) : null;
    }

    private static string? DigitsOf(string? phone)
    {
        var digits = new string([.. (phone ?? "").Where(char.IsAsciiDigit)]);
        return digits.Length >= 6 ? digits.ToString(CultureInfo.InvariantCulture) : null;
    }
}

/// <summary>Ids that ad platforms put on a landing URL.</summary>
public sealed record ClickIds
{
    public string? Gclid { get; init; }
    public string? Gbraid { get; init; }
    public string? Wbraid { get; init; }
    public string? Fbclid { get; init; }
    public string? Msclkid { get; init; }
    public string? Ttclid { get; init; }
    public string? LiFatId { get; init; }

    /// <summary>Name and value of each one that is there; a click id is case-sensitive and never changed.</summary>
    public IEnumerable<(string Name, string Value)> All()
    {
        (string Name, string? Value)[] ids =
            [("gclid", Gclid), ("gbraid", Gbraid), ("wbraid", Wbraid), ("fbclid", Fbclid), ("msclkid", Msclkid), ("ttclid", Ttclid), ("li_fat_id", LiFatId)];
        return ids.Where(id => id.Value is not null).Select(id => (id.Name, id.Value!));
    }
}
