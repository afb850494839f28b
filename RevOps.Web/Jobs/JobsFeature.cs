namespace RevOps.Web.Jobs;

public static class JobsFeature
{
    /// <summary>Retry and cancel, of one circuit each: they ask its reader first.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services) => services.AddScoped<JobActions>();
}
