namespace RevOps.Core.People;

/// <summary>What holds groups together.</summary>
internal sealed class Joints(IEnumerable<Joint> joints)
{
    private readonly ILookup<Guid, (Guid There, Joint Joint)> next =
        joints.SelectMany(joint => new[] { (Here: joint.One, There: joint.Other, joint), (Here: joint.Other, There: joint.One, joint) }).ToLookup(step => step.Here, step => (step.There, step.joint));

    /// <summary>The weakest key on the way from one member to another: a joint holds no better than that. Null where a person joined them.</summary>
    public ClusterKey? Weakest(Guid from, Guid to) =>
        Way(from, to) is { Count: > 0 } way && way.All(joint => joint.By is not null) ? way.Select(joint => joint.By!).MaxBy(key => key.Kind) : null;

    /// <summary>The joints from one member to another; empty where there is no way, or none is needed.</summary>
    public IReadOnlyList<Joint> Way(Guid from, Guid to)
    {
        var cameBy = new Dictionary<Guid, (Guid From, Joint Joint)>();
        var waiting = new Queue<Guid>([from]);
        while (waiting.TryDequeue(out var here) && here != to)
        {
            foreach (var (there, joint) in next[here].Where(step => step.There != from && !cameBy.ContainsKey(step.There)))
            {
                cameBy[there] = (here, joint);
                waiting.Enqueue(there);
            }
        }

        var way = new List<Joint>();
        for (var here = to; here != from && cameBy.TryGetValue(here, out var step); here = step.From)
            way.Add(step.Joint);
        return way;
    }
}
