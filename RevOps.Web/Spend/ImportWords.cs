using RevOps.Core.Ingestion.SpendImports;
using RevOps.Web.Shared;

namespace RevOps.Web.Spend;

/// <summary>How the reading of a platform stands, in a word.</summary>
internal enum ImportWord
{
    NotConnected,

    /// <summary>Connected; the first reading has not been asked for.</summary>
    Waiting,
    Failing,

    /// <summary>Months of the history are still to come.</summary>
    Reading,
    UpToDate,
}

internal static class ImportWords
{
    public static ImportWord Of(SpendImportState state) => state switch
    {
        { Connected: null } => ImportWord.NotConnected,
        { Account: null } => ImportWord.Waiting,
        { Failing: not null } => ImportWord.Failing,
        _ when state.PortionsDone < state.Portions => ImportWord.Reading,
        _ => ImportWord.UpToDate,
    };

    public static Tone ToneOf(SpendImportState state) => Of(state) switch
    {
        ImportWord.Failing => Tone.Bad,
        ImportWord.UpToDate => Tone.Good,
        ImportWord.NotConnected => Tone.Attention,
        _ => Tone.Neutral,
    };
}
