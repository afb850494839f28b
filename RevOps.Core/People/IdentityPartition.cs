namespace RevOps.Core.People;

/// <summary>A key as the partition sees it.</summary>
/// <param name="Shared">It joins nobody.</param>
/// <param name="OnePerson">Somebody decided that whoever has it is one person, whatever else differs.</param>
public sealed record ClusterKey(Guid Id, IdentityKeyKind Kind, KeyHash Hash, DateTimeOffset FirstSeenAt, bool Shared, bool OnePerson);

/// <summary>A member as the partition sees it.</summary>
/// <param name="Seen">Its keys, each with the time when they were first seen together.</param>
/// <param name="Country">As its own sightings said last, and when.</param>
/// <param name="Measurement">Answers that were given under it.</param>
public sealed record ClusterMember(Guid Id, IReadOnlyList<(Guid KeyId, DateTimeOffset At)> Seen, (string Country, DateTimeOffset At)? Country, IReadOnlyList<(DateTimeOffset At, bool Granted)> Measurement);

/// <summary>Two members are one because of a key; without one somebody said so.</summary>
public readonly record struct Joint(Guid One, Guid Other, ClusterKey? By);

/// <param name="GroupOf">Per member the smallest id of its group: who was there first, since ids grow with time.</param>
/// <param name="Joints">A tree per group: what holds it together.</param>
/// <param name="Contested">Keys that would join people who differ in a stronger key.</param>
public sealed record Partition(IReadOnlyDictionary<Guid, Guid> GroupOf, IReadOnlyList<Joint> Joints, IReadOnlySet<Guid> Contested);

/// <summary>
/// Who is one person: a function of what was seen, not of the order in which it came. Refs and e-mails join always, a
/// visitor id where no ref contradicts, a phone where no ref, e-mail and first name does and it is not two browsers' that no name makes one, a
/// click whom nothing contradicts and who was seen within seven days of it. Visitor ids and clicks join only where measurement is allowed: by whom, the newest answer of all who
/// would be one person says, and each device needs an answer of its own or one that was given by name;
/// so does who was joined by hand, unless both are known by name.
/// </summary>
public static class IdentityPartition
{
    /// <summary>A key seen with more keys of one stronger kind than this belongs to nobody in particular.</summary>
    public const int MostPerKey = 3;

    /// <summary>A click id names the person who clicked, for as long after the click as one session follows from it.</summary>
    public static readonly TimeSpan ClickJoins = TimeSpan.FromDays(7);

    /// <param name="members">Everybody who can be reached from one another by keys that are not shared, and what they share.</param>
    /// <param name="keys">Every key that they name.</param>
    /// <param name="links">Pairs of members that somebody joined.</param>
    public static Partition Of(IReadOnlyList<ClusterMember> members, IReadOnlyList<ClusterKey> keys, IReadOnlyList<(Guid One, Guid Other)> links)
    {
        var byName = new Draft(members, keys);
        var named = members.Where(byName.IsNamed).Select(member => member.Id).ToHashSet();
        var byHand = links.ToLookup(link => named.Contains(link.One) && named.Contains(link.Other));
        foreach (var (one, other) in byHand[true])
            byName.Link(one, other);
        byName.JoinAll(IdentityKeyKind.Ref, (_, _) => true);
        byName.JoinAll(IdentityKeyKind.Email, (_, _) => true);

        // Who would be one person if all had agreed: an answer on any of their devices speaks for all of them.
        var wouldBe = new Draft(byName);
        foreach (var (one, other) in byHand[false])
            wouldBe.Link(one, other);
        wouldBe.JoinOthers((_, _) => true);

        // Of most groups nobody asks: whoever is alone with all keys is joined to nobody.
        var (groups, allowed) = (wouldBe.Groups().ToDictionary(group => wouldBe.Root(group[0])), new Dictionary<int, Allowed>());
        bool Allows(int member, Guid key)
        {
            var root = wouldBe.Root(member);
            return (allowed.TryGetValue(root, out var group) ? group : allowed[root] = new(groups[root], wouldBe)).Allows(wouldBe.DeviceOf(members[member]) ?? key);
        }

        // Who says that a browser is somebody's has not asked its owner.
        foreach (var (one, other) in byHand[false])
            byName.Link(one, other, member => byName.IsNamed(members[member]) || Allows(member, Guid.Empty));
        byName.JoinOthers((key, member) => !wouldBe.Contested.Contains(key.Id) && Allows(member, key.Id));
        return byName.Done(wouldBe.Contested);
    }

    /// <summary>Missing counts as denied where asking comes first and where the country is unknown.</summary>
    private static bool IsGranted(IEnumerable<(DateTimeOffset At, bool Granted)> answers, string? country) =>
        new ConsentState(answers.OrderByDescending(answer => answer.At).ThenBy(answer => answer.Granted).Select(answer => (bool?)answer.Granted).FirstOrDefault(), null, null, country).Measurement == ConsentAnswer.Granted;

    /// <summary>Which devices of one would-be person may be joined.</summary>
    private sealed class Allowed
    {
        private readonly bool group;
        private readonly string? country;
        private readonly ILookup<Guid, (DateTimeOffset, bool)> ofDevice;
        private readonly List<(DateTimeOffset, bool)> byName;

        public Allowed(IReadOnlyList<int> members, Draft draft)
        {
            var who = members.Select(index => draft.Members[index]).ToList();
            country = who.Select(member => member.Country).OfType<(string Country, DateTimeOffset At)>().OrderByDescending(said => said.At).ThenBy(said => said.Country, StringComparer.Ordinal).Select(said => said.Country).FirstOrDefault();
            group = IsGranted(who.SelectMany(member => member.Measurement), country);
            byName = [.. who.Where(draft.IsNamed).SelectMany(member => member.Measurement)];
            ofDevice = who.Where(member => !draft.IsNamed(member))
                .SelectMany(member => member.Seen.SelectMany(seen => member.Measurement.Select(answer => (seen.KeyId, answer)))).ToLookup(row => row.KeyId, row => row.answer);
        }

        public bool Allows(Guid key) => group && IsGranted(byName.Concat(ofDevice[key]), country);
    }

    /// <summary>A union of sets on its way.</summary>
    private sealed class Draft
    {
        private readonly Dictionary<Guid, int> indexOf = [];
        private readonly Dictionary<Guid, ClusterKey> keys;
        private readonly Dictionary<Guid, List<(int Member, DateTimeOffset At)>> seenBy = [];
        private readonly int[] parent;
        private readonly HashSet<Guid>[] known;

        // A set that two drafts look at is copied by whoever changes it first: few are.
        private readonly bool[] isOwn;
        private readonly List<Joint> joints = [];

        public Draft(IReadOnlyList<ClusterMember> members, IReadOnlyList<ClusterKey> keys)
        {
            Members = members;
            this.keys = keys.ToDictionary(key => key.Id);
            parent = [.. Enumerable.Range(0, members.Count)];
            (known, isOwn) = (new HashSet<Guid>[members.Count], new bool[members.Count]);
            for (var index = 0; index < members.Count; index++)
            {
                indexOf[members[index].Id] = index;

                (known[index], isOwn[index]) = ([], true);
                foreach (var (key, at) in members[index].Seen)
                {
                    // A shared key contradicts nobody.
                    if (!this.keys[key].Shared)
                        known[index].Add(key);
                    (seenBy.TryGetValue(key, out var list) ? list : seenBy[key] = []).Add((index, at));
                }
            }
        }

        public Draft(Draft other)
        {
            (Members, keys, indexOf, seenBy) = (other.Members, other.keys, other.indexOf, other.seenBy);
            (parent, known, isOwn) = ([.. other.parent], [.. other.known], new bool[other.known.Length]);
            Array.Clear(other.isOwn);
        }

        public IReadOnlyList<ClusterMember> Members { get; }

        public HashSet<Guid> Contested { get; } = [];

        public bool IsNamed(ClusterMember member) => member.Seen.Any(seen => keys[seen.KeyId].Kind < IdentityKeyKind.Visitor);

        /// <summary>Whose answer counts, by whatever key a member is reached.</summary>
        public Guid? DeviceOf(ClusterMember member) => member.Seen.Where(seen => keys[seen.KeyId].Kind == IdentityKeyKind.Visitor).Select(seen => (Guid?)seen.KeyId).FirstOrDefault();

        public int Root(int member)
        {
            while (parent[member] != member)
                member = parent[member] = parent[parent[member]];
            return member;
        }

        public IEnumerable<List<int>> Groups() => Enumerable.Range(0, Members.Count).GroupBy(Root).Select(group => group.ToList());

        public void Link(Guid one, Guid other, Func<int, bool>? may = null)
        {
            if (indexOf.TryGetValue(one, out var first) && indexOf.TryGetValue(other, out var second) && may?.Invoke(first) != false && may?.Invoke(second) != false)
                Union(first, second, null);
        }

        /// <param name="may">Whether a key may join this member.</param>
        public void JoinOthers(Func<ClusterKey, int, bool> may)
        {
            // A phone after the browsers, though it is the stronger key: what a browser tells of two who share a phone is known then.
            JoinAll(IdentityKeyKind.Visitor, may);
            JoinAll(IdentityKeyKind.Phone, (_, _) => true);
            foreach (var click in keys.Values.Where(key => key is { Kind: IdentityKeyKind.Click, Shared: false } && seenBy[key.Id].Count > 1).OrderBy(key => key.FirstSeenAt).ThenBy(key => key.Hash, KeyHash.ByBytes))
                JoinClick(click, may);
        }

        public void JoinAll(IdentityKeyKind kind, Func<ClusterKey, int, bool> may)
        {
            // Within a kind in the order of the hashes: any would do that does not depend on when they came.
            foreach (var key in keys.Values.Where(key => key.Kind == kind && !key.Shared && seenBy[key.Id].Count > 1).OrderBy(key => key.Hash, KeyHash.ByBytes))
            {
                // Nothing to be asked where they are one already.
                var seenWith = seenBy[key.Id];
                var first = Root(seenWith[0].Member);
                if (seenWith.TrueForAll(seen => Root(seen.Member) == first) || seenWith.Exists(seen => !may(key, seen.Member)))
                    continue;
                var roots = seenWith.Select(seen => Root(seen.Member)).Distinct().ToList();
                if (!key.OnePerson && Contradict(kind, roots))
                    Contested.Add(key.Id);
                else
                    roots.ForEach(root => Union(roots[0], root, key));
            }
        }

        public Partition Done(IEnumerable<Guid> alsoContested)
        {
            var groups = new Dictionary<Guid, Guid>(Members.Count);
            foreach (var group in Groups())
            {
                var first = group.Min(member => Members[member].Id);
                group.ForEach(member => groups[Members[member].Id] = first);
            }

            return new(groups, joints, Contested.Union(alsoContested).ToHashSet());
        }

        /// <summary>Whoever clicked first has the click; others are the same person where nothing says otherwise.</summary>
        private void JoinClick(ClusterKey click, Func<ClusterKey, int, bool> may)
        {
            var seen = seenBy[click.Id].Where(row => row.At - click.FirstSeenAt <= ClickJoins && may(click, row.Member)).OrderBy(row => row.At).ThenBy(row => StrongestOf(row.Member).Kind).ThenBy(row => StrongestOf(row.Member).Hash, KeyHash.ByBytes).ToList();
            foreach (var (member, _) in seen)
            {
                var (owner, other) = (Root(seen[0].Member), Root(member));
                if (owner != other && (click.OnePerson || !Contradict(IdentityKeyKind.Click, [owner, other])))
                    Union(owner, other, click);
            }
        }

        // Of two at one instant: what they are, not which came in first.
        private ClusterKey StrongestOf(int member) => Members[member].Seen.Select(seen => keys[seen.KeyId]).OrderBy(key => key.Kind).ThenBy(key => key.Hash, KeyHash.ByBytes).First();

        private bool Contradict(IdentityKeyKind by, List<int> roots)
        {
            // An e-mail is as good as a name; a browser is lent, and used under more than one address; a link is passed on.
            IdentityKeyKind[] stronger = by switch
            {
                IdentityKeyKind.Phone => [IdentityKeyKind.Ref, IdentityKeyKind.Email, IdentityKeyKind.Name],
                IdentityKeyKind.Visitor => [IdentityKeyKind.Ref],
                IdentityKeyKind.Click => [IdentityKeyKind.Ref, IdentityKeyKind.Email, IdentityKeyKind.Phone, IdentityKeyKind.Visitor],
                _ => [],
            };
            if (stronger.Any(kind => Differ(kind, roots)))
                return true;

            // Two browsers and a phone are one person where the name says so, and may be a family where nothing does.
            var named = roots.ToLookup(root => Of(IdentityKeyKind.Name, root).Count > 0);
            return by == IdentityKeyKind.Phone && Differ([.. named[false].Select(root => Of(IdentityKeyKind.Visitor, root)), [.. named[true].SelectMany(root => Of(IdentityKeyKind.Visitor, root))]]);
        }

        private bool Differ(IdentityKeyKind kind, List<int> roots) => Differ(roots.Select(root => Of(kind, root)));

        private static bool Differ(IEnumerable<HashSet<Guid>> found)
        {
            var sets = found.Where(set => set.Count > 0).ToList();
            return sets.Count > 1 && sets.Exists(one => sets.Exists(other => !one.Overlaps(other)));
        }

        private HashSet<Guid> Of(IdentityKeyKind kind, int root) => [.. known[root].Where(key => keys[key].Kind == kind)];

        private void Union(int one, int other, ClusterKey? by)
        {
            var (first, second) = (Root(one), Root(other));
            if (first == second)
                return;

            // Of each side a member that has the key itself, so that the way from one to the other can be told.
            joints.Add(by is null ? new(Members[one].Id, Members[other].Id, null) : new(Members[WhoHas(by, first)].Id, Members[WhoHas(by, second)].Id, by));
            parent[second] = first;
            if (!isOwn[first])
                (known[first], isOwn[first]) = ([.. known[first]], true);
            known[first].UnionWith(known[second]);
        }

        private int WhoHas(ClusterKey key, int root) => seenBy[key.Id].Find(seen => Root(seen.Member) == root).Member;
    }
}
