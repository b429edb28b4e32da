using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HashMatch.Service.Tests.StandIns;

/// <summary>
/// What an assembly defines that another one may refer to: its types, methods and fields, each spelt out.
/// </summary>
internal sealed class DefinedMembers
{
    private readonly HashSet<string> _visible = [];
    private readonly HashSet<string> _internal = [];
    private readonly IReadOnlyList<string> _friends;

    public DefinedMembers(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        _friends = [.. assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName.Split(',')[0])];
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            Add(reader, reader.GetTypeDefinition(handle));
        }
    }

    /// <summary>Says whether the assembly defines it and lets <paramref name="caller"/> use it.</summary>
    public bool Has(string member, string caller)
    {
        return _visible.Contains(member) || (_internal.Contains(member) && _friends.Contains(caller));
    }

    private void Add(MetadataReader reader, TypeDefinition type)
    {
        string typeName = SignatureNames.Of(reader, type);
        bool typeIsVisible = (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public
            or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem;
        Add(typeName, typeIsVisible);
        foreach (MethodDefinitionHandle handle in type.GetMethods())
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            bool isVisible = (method.Attributes & MethodAttributes.MemberAccessMask)
                is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
            MethodSignature<string> signature = method.DecodeSignature(SignatureNames.Instance, null);
            Add(
                $"{typeName}::{SignatureNames.Of(reader.GetString(method.Name), signature)}",
                typeIsVisible && isVisible);
        }

        foreach (FieldDefinitionHandle handle in type.GetFields())
        {
            FieldDefinition field = reader.GetFieldDefinition(handle);
            bool isVisible = (field.Attributes & FieldAttributes.FieldAccessMask)
                is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
            string fieldType = field.DecodeSignature(SignatureNames.Instance, null);
            Add($"{typeName}::{fieldType} {reader.GetString(field.Name)}", typeIsVisible && isVisible);
        }
    }

    private void Add(string member, bool isVisible)
    {
        (isVisible ? _visible : _internal).Add(member);
    }
}
