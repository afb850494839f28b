namespace RevOps.Core.Receivables.Lateness;

/// <summary>Names the words of reminders that come with the product: ReminderTexts.resx and ReminderTexts.fr.resx beside this file.</summary>
public sealed class ReminderTexts;
