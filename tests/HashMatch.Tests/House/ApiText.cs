using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace HashMatch.Tests.House;

/// <summary>Writes the public API of an assembly as text, one line a type or member, in a stable order.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes()
            .Where(type => !IsGenerated(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(Header(type)));

    // What protoc makes: messages, services and files carry a descriptor, enumerations the names of the .proto.
    private static bool IsGenerated(Type type) =>
        (type.DeclaringType is { } outer && IsGenerated(outer))
        || type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static) is not null
        || (type.IsEnum && type.GetFields().Any(
            field => field.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "OriginalNameAttribute")));

    private static string Header(Type type)
    {
        bool isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        string kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsValueType
                ? (Has<IsReadOnlyAttribute>(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "")
                    + (isRecord ? "record struct" : "struct")
            : (type.IsAbstract ? type.IsSealed ? "static " : "abstract " : type.IsSealed ? "sealed " : "")
                + (isRecord ? "record" : "class");
        IEnumerable<string> bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
            .Select(Name).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType)
        {
            bases = bases.Prepend(Name(parent));
        }

        string list = type.IsEnum ? Name(type.GetEnumUnderlyingType()) : string.Join(", ", bases);
        return $"public {kind} {type.Namespace}.{Name(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Declared)
            .Where(member => !Has<CompilerGeneratedAttribute>(member))
            .Select(Signature)
            .OfType<string>()
            .Select(signature => "    " + signature);

    private static string? Signature(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } made when Access(made) is { } access =>
            $"{access} {Plain(made.DeclaringType!)}({Parameters(made)})",
        MethodInfo method when Access(method) is { } access
            && (!method.IsSpecialName || method.Name.StartsWith("op_")) =>
            $"{access} {Modifiers(method)}{Name(method.ReturnParameter)} "
            + $"{method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property when Access(property.GetMethod ?? property.SetMethod!) is { } access =>
            $"{access} {Modifiers(property.GetMethod ?? property.SetMethod!)}"
            + (Has<RequiredMemberAttribute>(property) ? "required " : "")
            + $"{Name(property.PropertyType)}{Mark(Nullability.Create(property))} "
            + $"{property.Name} {{ {Accessors(property)}}}",
        FieldInfo { IsSpecialName: false, DeclaringType.IsEnum: true } field =>
            $"{field.Name} = {Constant(field.GetRawConstantValue())}",
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily =>
            (field.IsPublic ? "public " : "protected ")
            + (field.IsLiteral ? "const " : field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "")
            + $"{Name(field.FieldType)}{Mark(Nullability.Create(field))} {field.Name}"
            + (field.IsLiteral ? " = " + Constant(field.GetRawConstantValue()) : ""),
        EventInfo happening when Access(happening.AddMethod!) is { } access =>
            $"{access} event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string? Access(MethodBase method) =>
        method.IsPublic ? "public" : method.IsFamily || method.IsFamilyOrAssembly ? "protected" : null;

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.DeclaringType!.IsInterface ? ""
        : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition() != method ? "override "
        : method.IsVirtual && !method.IsFinal ? "virtual "
        : "";

    private static string Accessors(PropertyInfo property)
    {
        string writer =
            property.SetMethod is not { } set || Access(set) is null ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; "
            : "set; ";
        return (property.GetMethod is { } get && Access(get) is not null ? "get; " : "") + writer;
    }

    private static string Parameters(MethodBase method) => string.Join(
        ", ",
        method.GetParameters().Select(parameter =>
            (parameter.IsOut ? "out "
                : parameter.IsIn ? "in "
                : parameter.ParameterType.IsByRef ? "ref "
                : Has<ParamArrayAttribute>(parameter) || Has<ParamCollectionAttribute>(parameter) ? "params "
                : "")
            + $"{Name(parameter)} {parameter.Name}"
            + (parameter.HasDefaultValue ? " = " + Constant(parameter.RawDefaultValue) : "")));

    private static string Name(ParameterInfo parameter) =>
        Name(parameter.ParameterType) + Mark(Nullability.Create(parameter));

    private static string Mark(NullabilityInfo info) =>
        !info.Type.IsValueType && info.ReadState == NullabilityState.Nullable ? "?" : "";

    private static string Name(Type type)
    {
        Type plain = type.IsByRef ? type.GetElementType()! : type;
        return Keywords.TryGetValue(plain, out string? keyword) ? keyword
            : Nullable.GetUnderlyingType(plain) is { } value ? Name(value) + "?"
            : plain.IsArray ? Name(plain.GetElementType()!) + "[]"
            : (plain.IsNested && !plain.IsGenericParameter ? Name(plain.DeclaringType!) + "." : "") + Plain(plain)
                + (plain.IsGenericType ? $"<{string.Join(", ", plain.GetGenericArguments().Select(Name))}>" : "");
    }

    private static string Plain(Type type) => type.Name.Split('`')[0];

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Constant(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool Has<T>(MemberInfo member)
        where T : Attribute => member.IsDefined(typeof(T), inherit: false);

    private static bool Has<T>(ParameterInfo parameter)
        where T : Attribute => parameter.IsDefined(typeof(T), inherit: false);
}
