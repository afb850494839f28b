using System.Collections.Concurrent;
using Microsoft.Extensions.Localization;

namespace RevOps.Tests.Conventions;

/// <summary>Keeps the keys that somebody asked for and nobody has put into words: the page shows the key itself.</summary>
internal sealed class TextWatch
{
    private readonly ConcurrentDictionary<string, int> missing = new(StringComparer.Ordinal);

    public IEnumerable<string> Missing => missing.Keys.Order(StringComparer.Ordinal);

    public IStringLocalizerFactory Around(IStringLocalizerFactory factory) => new Factory(this, factory);

    private sealed class Factory(TextWatch watch, IStringLocalizerFactory inner) : IStringLocalizerFactory
    {
        public IStringLocalizer Create(Type resourceSource) => new Localizer(watch, inner.Create(resourceSource));

        public IStringLocalizer Create(string baseName, string location) => new Localizer(watch, inner.Create(baseName, location));
    }

    private sealed class Localizer(TextWatch watch, IStringLocalizer inner) : IStringLocalizer
    {
        public LocalizedString this[string name] => Look(inner[name]);

        public LocalizedString this[string name, params object[] arguments] => Look(inner[name, arguments]);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => inner.GetAllStrings(includeParentCultures);

        private LocalizedString Look(LocalizedString text)
        {
            if (text.ResourceNotFound)
                watch.missing[text.Name] = 0;
            return text;
        }
    }
}
