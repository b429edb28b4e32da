using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace HashMatch.Service.Tests.StandIns;

/// <summary>Spells the types of a signature by name, so that signatures of two assemblies can be compared.</summary>
internal sealed class SignatureNames : ISignatureTypeProvider<string, object?>
{
    public static readonly SignatureNames Instance = new();

    public static string Of(MetadataReader reader, TypeReference type)
    {
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(reader, reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}+{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public static string Of(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        return type.GetDeclaringType().IsNil
            ? $"{reader.GetString(type.Namespace)}.{name}"
            : $"{Of(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}+{name}";
    }

    public static string Of(string name, MethodSignature<string> signature)
    {
        string kind = signature.Header.IsInstance ? "instance" : "static";
        string parameters = string.Join(", ", signature.ParameterTypes);
        return $"{kind} {signature.ReturnType} {name}``{signature.GenericParameterCount}({parameters})";
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode)
    {
        return $"System.{typeCode}";
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        return Of(reader, reader.GetTypeDefinition(handle));
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        return Of(reader, reader.GetTypeReference(handle));
    }

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        return reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }

    public string GetSZArrayType(string elementType)
    {
        return $"{elementType}[]";
    }

    public string GetArrayType(string elementType, ArrayShape shape)
    {
        return $"{elementType}[{new string(',', shape.Rank - 1)}]";
    }

    public string GetByReferenceType(string elementType)
    {
        return $"{elementType}&";
    }

    public string GetPointerType(string elementType)
    {
        return $"{elementType}*";
    }

    public string GetPinnedType(string elementType)
    {
        return elementType;
    }

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired)
    {
        return isRequired ? $"{unmodifiedType} modreq {modifier}" : $"{unmodifiedType} modopt {modifier}";
    }

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments)
    {
        return $"{genericType}<{string.Join(", ", typeArguments)}>";
    }

    public string GetGenericTypeParameter(object? genericContext, int index)
    {
        return $"!{index}";
    }

    public string GetGenericMethodParameter(object? genericContext, int index)
    {
        return $"!!{index}";
    }

    public string GetFunctionPointerType(MethodSignature<string> signature)
    {
        return Of("*", signature);
    }
}
