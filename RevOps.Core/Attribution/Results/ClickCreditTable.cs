using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution.Results;

/// <summary>Lays what each touch has of its journeys beside the click id that it came with. Snapshots know no click ids: they are read and opened now.</summary>
internal static class ClickCreditTable
{
    /// <summary>Told of in one question: SQL Server takes 2,100 parameters a statement.</summary>
    private const int PerQuestion = 500;

    public static async Task<ClickCreditReport> ReadAsync(RevOpsDb db, Vault vault, Asked asked, CancellationToken cancel)
    {
        var (parts, rows) = (await Task.Run(() => PartsOf(asked), cancel), new List<ClickCredit>());
        foreach (var people in parts.Keys.Select(key => key.Person).Distinct().Chunk(PerQuestion))
        {
            var touches = await (from member in db.Set<Person>()
                                 join touch in db.Set<Touch>().AsNoTracking() on member.Id equals touch.PersonId
                                 where people.Contains(member.CanonicalId)
                                 select new { member.CanonicalId, Touch = touch }).ToListAsync(cancel);
            var (ring, consent) = (new KeyRing(vault), await ConsentOfMany.LoadAsync(db, people, cancel));
            await ring.LoadAsync(db, touches.Where(one => one.Touch.ClickIdKinds is not null).Select(one => one.Touch.PersonId), cancel);
            foreach (var together in touches.OrderBy(one => one.Touch, Comparer<Touch>.Create(Touch.Compare)).GroupBy(one => (one.CanonicalId, one.Touch.OccurredAt.UtcTicks)))
            {
                if (!parts.TryGetValue(together.Key, out var found))
                    continue;
                foreach (var (touch, part) in Matched([.. together.Select(one => one.Touch)], found))
                {
                    if (IdOf(ring, touch) is { } id)
                        rows.Add(new(id.Name, id.Value, touch.OccurredAt, touch.Channel, touch.Platform, touch.CampaignId, together.Key.CanonicalId, consent.Of(together.Key.CanonicalId).Ads == ConsentAnswer.Granted, part.Conversions, asked.Minor(part.Minor)));
                }
            }
        }

        return new(asked.Basis, [.. rows.OrderBy(row => row.ClickedAt).ThenBy(row => row.ClickId, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Of several at one instant each takes what its own channel has; those whose channel rules call otherwise since, what is left, in the order in
    /// which touches stand.
    /// </summary>
    private static IEnumerable<(Touch Touch, TouchPart Part)> Matched(List<Touch> touches, List<TouchPart> parts)
    {
        foreach (var anyChannel in new[] { false, true })
        {
            foreach (var touch in touches.ToList())
            {
                var at = parts.FindIndex(part => anyChannel || part.Channel == ChannelNumber.Of(touch.Channel));
                if (at < 0)
                    continue;
                yield return (touch, parts[at]);
                touches.Remove(touch);
                parts.RemoveAt(at);
            }
        }
    }

    /// <summary>What each touch has of all its journeys, in the order in which touches stand.</summary>
    private static Dictionary<(Guid Person, long At), List<TouchPart>> PartsOf(Asked asked)
    {
        var (totals, found) = (asked.Figures.Of(asked.Question.Model), new SortedDictionary<int, (double Conversions, long Minor)>());
        var parts = new Dictionary<(Guid Person, long At), List<TouchPart>>();
        foreach (var journeys in asked.Set.Credited.GroupBy(journey => (journey.Book!, journey.Person)))
        {
            found.Clear();
            foreach (var journey in journeys)
            {
                var (weights, cents) = (new double[journey.Length], new long[journey.Length]);
                JourneySplit.Weigh(journey, totals.Model, totals.Weights, weights);
                JourneySplit.Money(journey, totals.Model, weights, cents);
                for (var at = 0; at < journey.Length; at++)
                {
                    var known = found.GetValueOrDefault(journey.From + at);
                    found[journey.From + at] = (known.Conversions + (weights[at] * journey.Conversions), known.Minor + cents[at]);
                }
            }

            var (book, person) = journeys.Key;
            var (first, to) = book.TouchesOf(person);
            for (var touch = first; touch < to; touch++)
            {
                var (key, (conversions, minor)) = ((book.People[person], book.TouchedAt(touch)), found.GetValueOrDefault(touch));
                (parts.TryGetValue(key, out var same) ? same : parts[key] = []).Add(new(book.PathOf(touch, touch + 1)[0], conversions, minor));
            }
        }

        return parts;
    }

    /// <summary>The first of those that it came with: a click of one platform may carry several, and counts once.</summary>
    private static (string Name, string Value)? IdOf(KeyRing ring, Touch touch)
    {
        if (touch.ClickIdKinds is null || ring.Open(touch.PersonId, touch.Id, touch.SealedDetails) is not { } json)
            return null;
        return JsonSerializer.Deserialize<TouchDetails>(json)?.ClickIds?.All().Select(id => ((string Name, string Value)?)id).FirstOrDefault();
    }

    /// <param name="Channel">When the snapshot was made.</param>
    /// <param name="Conversions">Of all journeys of the touch.</param>
    /// <param name="Minor">Of all journeys of the touch.</param>
    private readonly record struct TouchPart(byte Channel, double Conversions, long Minor);
}

/// <summary>Click ids in clear, with what each has of the conversions and the money of the period, by the journeys' own splits under the question's model.</summary>
public sealed record ClickCreditReport(AnswerBasis Basis, IReadOnlyList<ClickCredit> Rows);

/// <param name="Kind">"gclid", "fbclid" …</param>
/// <param name="ClickId">As the platform gave it.</param>
/// <param name="ClickedAt">When they came by it.</param>
/// <param name="Channel">Of the touch.</param>
/// <param name="Platform">Null where none is known.</param>
/// <param name="CampaignId">Null where none is known.</param>
/// <param name="PersonId">Whoever stands for the person.</param>
/// <param name="MayBeUsedForAds">They allow it.</param>
/// <param name="Conversions">Credited, in fractions.</param>
/// <param name="Minor">Null where the kind has no money.</param>
public sealed record ClickCredit(string Kind, string ClickId, DateTimeOffset ClickedAt, string Channel, string? Platform, string? CampaignId, Guid PersonId, bool MayBeUsedForAds, double Conversions, long? Minor);
