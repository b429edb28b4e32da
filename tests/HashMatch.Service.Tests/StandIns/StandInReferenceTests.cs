using System.Reflection;
using System.Runtime.CompilerServices;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace HashMatch.Service.Tests.StandIns;

/// <summary>
/// The official server and client were compiled against assemblies that the stand-ins replace: everything they refer to
/// must be there, under the same name and signature.
/// </summary>
public class StandInReferenceTests
{
    private static readonly Assembly CoreApi = typeof(Metadata).Assembly;
    private static readonly Assembly NetCommon = typeof(ICompressionProvider).Assembly;

    [Theory]
    [InlineData("Grpc.AspNetCore.Server", 100)]
    [InlineData("Grpc.Net.Client", 100)]
    [InlineData("HashMatch.Protocol", 50)]
    public void References_OfEachUser_AreAllDefined(string user, int atLeast)
    {
        Dictionary<string, DefinedMembers> defined = new[] { CoreApi, NetCommon }
            .ToDictionary(assembly => assembly.GetName().Name!, assembly => new DefinedMembers(assembly));

        IReadOnlyList<(string Assembly, string Member)> references =
            ReferencedMembers.Of(Assembly.Load(user), [.. defined.Keys]);

        Assert.True(references.Count > atLeast, $"Only {references.Count} references were found.");
        AssertNone(references
            .Where(reference => !defined[reference.Assembly].Has(reference.Member, user))
            .Select(reference => $"{reference.Assembly}: {reference.Member}"));
    }

    [Fact]
    public void References_ToWhatIsNotThere_AreNamed()
    {
        var defined = new DefinedMembers(CoreApi);

        Assert.False(defined.Has("Grpc.Core.Metadata::instance System.Int64 get_Count``0()", "Grpc.Net.Client"));
        Assert.True(defined.Has("Grpc.Core.Metadata::instance System.Int32 get_Count``0()", "Grpc.Net.Client"));
    }

    [Theory]
    [InlineData("Grpc.AspNetCore.Server")]
    [InlineData("Grpc.Net.Client")]
    [InlineData("HashMatch.Protocol")]
    public void Identity_OfWhatEachUserAsksFor_IsThatOfTheAssemblies(string user)
    {
        string[] names = [CoreApi.GetName().Name!, NetCommon.GetName().Name!];

        AssemblyName[] asked = [.. Assembly.Load(user).GetReferencedAssemblies()
            .Where(reference => names.Contains(reference.Name))];

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name.FullName, new[] { CoreApi.FullName, NetCommon.FullName }));
    }

    [Theory]
    [InlineData(typeof(GrpcServiceOptions))]
    [InlineData(typeof(GrpcChannel))]
    public void Overrides_InTheOfficialAssemblies_FindWhatTheyReplace(Type anchor)
    {
        MethodInfo[] overrides = [.. MethodsOf(anchor.Assembly).OfType<MethodInfo>().Where(method =>
            method.IsVirtual && (method.Attributes & MethodAttributes.NewSlot) == 0)];

        string[] lost = [.. overrides
            .Where(method => method.GetBaseDefinition().DeclaringType == method.DeclaringType)
            .Select(method => $"{method.DeclaringType}.{method}")];

        Assert.True(overrides.Length > 20, $"Only {overrides.Length} overrides were found.");
        AssertNone(lost);
    }

    [Theory]
    [InlineData(typeof(GrpcServiceOptions))]
    [InlineData(typeof(GrpcChannel))]
    public void Methods_OfTheOfficialAssemblies_CanBeCompiled(Type anchor)
    {
        MethodBase[] methods = [.. MethodsOf(anchor.Assembly).Where(HasCode)];
        MethodBase[] plain = [.. methods.Where(method => !method.ContainsGenericParameters)];
        MethodBase[] generic = [.. methods.Where(method => method.ContainsGenericParameters && TakesAnyClass(method))];

        string[] failed = [.. plain.Concat(generic).Select(FailureToCompile).OfType<string>()];

        Assert.True(plain.Length > 200, $"Only {plain.Length} methods were found.");
        Assert.True(generic.Length > 50, $"Only {generic.Length} generic methods were found.");
        AssertNone(failed);
    }

    // Assert.Empty would cut the names short.
    private static void AssertNone(IEnumerable<string> missing)
    {
        string names = string.Join('\n', missing.Distinct());
        Assert.True(names.Length == 0, names);
    }

    private static IEnumerable<MethodBase> MethodsOf(Assembly assembly)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return assembly.GetTypes().SelectMany(type => type.GetMembers(All)).OfType<MethodBase>();
    }

    private static bool HasCode(MethodBase method)
    {
        return !method.IsAbstract && method.GetMethodBody() is not null;
    }

    // Generic code is compiled for strings, which stand for every class; what asks for more than a class is left out.
    private static bool TakesAnyClass(MethodBase method)
    {
        return TypeArgumentsOf(method).All(argument => argument.GetGenericParameterConstraints().Length == 0
            && !argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
            && !argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint));
    }

    private static Type[] TypeArgumentsOf(MethodBase method)
    {
        Type[] ofType = method.DeclaringType!.GetGenericArguments();
        return method.IsGenericMethod ? [.. ofType, .. method.GetGenericArguments()] : ofType;
    }

    private static string? FailureToCompile(MethodBase method)
    {
        try
        {
            RuntimeTypeHandle[] strings = [.. TypeArgumentsOf(method).Select(_ => typeof(string).TypeHandle)];
            RuntimeHelpers.PrepareMethod(method.MethodHandle, strings);
            return null;
        }
        catch (Exception failure)
            when (failure is MissingMemberException or TypeLoadException or BadImageFormatException)
        {
            return $"{method.DeclaringType}.{method}: {failure.Message}";
        }
    }
}
