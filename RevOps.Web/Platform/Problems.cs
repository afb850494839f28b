namespace RevOps.Web.Platform;

/// <summary>Refusals that a program reads: RFC 9457 problem details. People get pages (see Shell).</summary>
public static class Problems
{
    public static void AddProblems(this WebApplicationBuilder builder) => builder.Services.AddProblemDetails();

    /// <summary>True where the caller is a program.</summary>
    public static bool IsForPrograms(this HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/hooks") || request.Path.StartsWithSegments("/collect");

    /// <summary>Answers with a status and a sentence that says what was expected.</summary>
    public static Task WriteProblemAsync(this HttpContext context, int status, string detail) =>
        Results.Problem(detail, statusCode: status).ExecuteAsync(context);
}
