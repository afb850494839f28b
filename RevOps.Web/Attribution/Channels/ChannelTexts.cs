namespace RevOps.Web.Attribution.Channels;

/// <summary>Names the texts of this folder: ChannelTexts.resx and ChannelTexts.fr.resx beside this file.</summary>
public sealed class ChannelTexts;
