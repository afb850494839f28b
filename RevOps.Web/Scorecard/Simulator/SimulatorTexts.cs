namespace RevOps.Web.Scorecard.Simulator;

/// <summary>Names the texts of this folder: SimulatorTexts.resx and SimulatorTexts.fr.resx beside this file.</summary>
public sealed class SimulatorTexts;
