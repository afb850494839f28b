using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.Server;

namespace RevOps.Tests.Data;

/// <summary>
/// The stand-in for Microsoft.SqlServer.Server has everything that the client refers to: what is missing would only fail at run time,
/// on the first command with a parameter.
/// </summary>
public sealed class SqlServerStandInTests
{
    [Fact]
    public void EveryTypeAndMemberThatTheClientRefersTo_IsThere()
    {
        using var file = File.OpenRead(typeof(SqlConnection).Assembly.Location);
        using var image = new PEReader(file);
        var reader = image.GetMetadataReader();
        var ours = typeof(IBinarySerialize).Assembly;

        var types = reader.TypeReferences.Select(reader.GetTypeReference).Where(type => IsOurs(reader, type.ResolutionScope)).Select(type => NameOf(reader, type)).ToList();
        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, name => ours.GetType(name) is null);

        var members = from handle in reader.MemberReferences
                      let member = reader.GetMemberReference(handle)
                      where member.Parent.Kind == HandleKind.TypeReference
                      let type = reader.GetTypeReference((TypeReferenceHandle)member.Parent)
                      where IsOurs(reader, type.ResolutionScope)
                      select (Type: NameOf(reader, type), Member: reader.GetString(member.Name));
        Assert.DoesNotContain(members, member => ours.GetType(member.Type)!.GetMember(member.Member).Length == 0);
    }

    [Fact]
    public void ParameterOfACommand_DoesNotMissTheAssembly()
    {
        using var command = new SqlCommand("SELECT @id");
        command.Parameters.AddWithValue("@id", Guid.NewGuid());
        Assert.Single(command.Parameters);
    }

    private static bool IsOurs(MetadataReader reader, EntityHandle scope) =>
        scope.Kind == HandleKind.AssemblyReference && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == "Microsoft.SqlServer.Server";

    private static string NameOf(MetadataReader reader, TypeReference type) => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
}
