namespace RevOps.Web.Shared.Notes;

/// <summary>Names the texts of this folder: NoteTexts.resx and NoteTexts.fr.resx beside this file.</summary>
public sealed class NoteTexts;
