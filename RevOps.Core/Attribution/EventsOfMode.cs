using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution;

/// <summary>
/// Ids of the events of a mode. Conversations and stages carry no mode and have the id of the event that brought them; what an event is knows whoever takes
/// them in.
/// </summary>
/// <param name="db">To read from.</param>
/// <param name="mode">Whose world.</param>
public delegate IQueryable<Guid> EventsOfMode(RevOpsDb db, Mode mode);
