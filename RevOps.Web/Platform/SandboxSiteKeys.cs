using RevOps.Core.Identity;
using RevOps.Sandbox.Site;

namespace RevOps.Web.Platform;

/// <summary>
/// The keys of the sandbox's website, made when somebody first opens it: a public one for its pages and a secret one for its server, whose
/// text is kept by nobody, so that each start makes another and takes the last one back.
/// </summary>
public sealed class SandboxSiteKeys(SiteKeys sites, ApiKeys keys) : IDisposable
{
    private const string Name = "Sandbox website";
    private const string Actor = "system:sandbox";

    private readonly SemaphoreSlim turn = new(1);
    private SiteAccess? made;
    private Uri? madeFor;

    public async Task<SiteAccess> OpenAsync(Uri product, Uri site, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            // The port is another one after a pause, where it is a free one.
            if (made is not null && madeFor == site)
                return made;
            (made, madeFor) = (new(product, await SiteKeyAsync(site, cancel), made?.ApiKey ?? await ApiKeyAsync(cancel)), site);
            return made;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<string> SiteKeyAsync(Uri site, CancellationToken cancel)
    {
        // A person types either name of this machine.
        string[] origins = [site.GetLeftPart(UriPartial.Authority), $"{site.Scheme}://localhost:{site.Port}"];
        var known = (await sites.ListAsync(cancel)).FirstOrDefault(key => key.CreatedBy == Actor);
        if (known is null)
            return (await sites.CreateAsync(Name, origins, Actor, cancel)).PublicKey;
        if (!known.OriginList.Order(StringComparer.Ordinal).SequenceEqual(origins.Order(StringComparer.Ordinal)))
            await sites.ChangeAsync(known.Id, known.Name, origins, known.IsEnabled, Actor, cancel);
        return known.PublicKey;
    }

    private async Task<string> ApiKeyAsync(CancellationToken cancel)
    {
        foreach (var old in (await keys.ListAsync(cancel)).Where(key => key.CreatedBy == Actor && key.RevokedAt is null))
            await keys.RevokeAsync(old.Id, Actor, cancel);
        return await keys.CreateAsync(Name, [ApiKey.EventsWrite], Actor, cancel);
    }
}
