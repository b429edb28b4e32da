using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HashMatch.Service.Tests.StandIns;

/// <summary>What an assembly refers to in others: types, methods and fields, each spelt out.</summary>
internal static class ReferencedMembers
{
    /// <summary>Lists the references to the assemblies that have the given names.</summary>
    public static IReadOnlyList<(string Assembly, string Member)> Of(Assembly assembly, params string[] targets)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        var found = new List<(string Assembly, string Member)>();
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            found.Add((AssemblyOf(reader, handle), SignatureNames.Of(reader, reader.GetTypeReference(handle))));
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            TypeReferenceHandle type = TypeOf(reader, member.Parent);
            if (!type.IsNil)
            {
                string typeName = SignatureNames.Of(reader, reader.GetTypeReference(type));
                found.Add((AssemblyOf(reader, type), $"{typeName}::{Spell(reader, member)}"));
            }
        }

        return [.. found.Where(reference => targets.Contains(reference.Assembly))];
    }

    private static string Spell(MetadataReader reader, MemberReference member)
    {
        string name = reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Field
            ? $"{member.DecodeFieldSignature(SignatureNames.Instance, null)} {name}"
            : SignatureNames.Of(name, member.DecodeMethodSignature(SignatureNames.Instance, null));
    }

    // The type that has the member; nil if it is not one of another assembly.
    private static TypeReferenceHandle TypeOf(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return default;
        }

        // A member of a generic type: ECMA-335 II.23.2.14 puts the kind of type and the type first.
        TypeSpecification specification = reader.GetTypeSpecification((TypeSpecificationHandle)parent);
        BlobReader blob = reader.GetBlobReader(specification.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        blob.ReadCompressedInteger();
        EntityHandle type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : default;
    }

    private static string AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference =>
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => "",
        };
    }
}
