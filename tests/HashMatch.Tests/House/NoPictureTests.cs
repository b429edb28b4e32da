using System.Text.RegularExpressions;

namespace HashMatch.Tests.House;

public sealed class NoPictureTests
{
    // The most that one value of a field may hold. Two hashes fit; the smallest picture does not.
    private const int MaxBytes = 64;

    private static readonly Regex NativeImport =
        new(@"\b(DllImport|LibraryImport|NativeLibrary|LoadLibrary|dlopen)\b");

    // What native code there may be: the kernel's own memory calls, for the matcher's rows.
    private static readonly Regex MemoryCall =
        new(@"\[LibraryImport\(""libc"", EntryPoint = ""(mmap|munmap|madvise)""\)\]");

    // Every field that carries bytes, text or a run of numbers, and how many bytes a value may have. The service
    // refuses longer ones; a field that is not here must not exist.
    private static readonly Dictionary<string, int> Allowed = new()
    {
        ["grpc.health.v1.HealthCheckRequest.service"] = 64,
        ["hashmatch.v1.AcknowledgeRequest.mirror_id"] = 16,
        ["hashmatch.v1.AddRequest.case_key"] = 16,
        ["hashmatch.v1.Addition.entry_id"] = 16,
        ["hashmatch.v1.Addition.hash"] = 32,
        ["hashmatch.v1.Addition.salt"] = 16,
        ["hashmatch.v1.Checkpoint.day"] = 10,
        ["hashmatch.v1.Checkpoint.key_id"] = 32,
        ["hashmatch.v1.Checkpoint.signature"] = 64,
        ["hashmatch.v1.Checkpoint.snapshot_digest"] = 32,
        ["hashmatch.v1.FeedChange.leaf"] = 32,
        ["hashmatch.v1.FeedPosition.chain"] = 32,
        ["hashmatch.v1.FeedPosition.epoch"] = 16,
        ["hashmatch.v1.Fingerprint.pdq"] = 32,
        ["hashmatch.v1.GetStatusRequest.case_key"] = 16,
        ["hashmatch.v1.LiveEntry.entry_id"] = 16,
        ["hashmatch.v1.LiveEntry.hash"] = 32,
        ["hashmatch.v1.Match.entry_id"] = 32,
        ["hashmatch.v1.MatchRequest.hashes"] = 32,
        ["hashmatch.v1.OutcomeReport.entry_id"] = 32,
        ["hashmatch.v1.PictureStatus.registered_day"] = 10,
        ["hashmatch.v1.RegisterRequest.case_key"] = 16,
        ["hashmatch.v1.SigningKey.public_key"] = 64,
        ["hashmatch.v1.SigningKey.signature"] = 64,
        ["hashmatch.v1.WithdrawRequest.case_key"] = 16,
    };

    // Reflection's, in Development alone: names, which the service looks up and keeps nowhere, and in its answers the
    // proto files themselves.
    private static readonly string[] InDevelopment =
    [
        "grpc.reflection.v1.ErrorResponse.error_message",
        "grpc.reflection.v1.ExtensionNumberResponse.base_type_name",
        "grpc.reflection.v1.ExtensionNumberResponse.extension_number",
        "grpc.reflection.v1.ExtensionRequest.containing_type",
        "grpc.reflection.v1.FileDescriptorResponse.file_descriptor_proto",
        "grpc.reflection.v1.ServerReflectionRequest.all_extension_numbers_of_type",
        "grpc.reflection.v1.ServerReflectionRequest.file_by_filename",
        "grpc.reflection.v1.ServerReflectionRequest.file_containing_symbol",
        "grpc.reflection.v1.ServerReflectionRequest.host",
        "grpc.reflection.v1.ServerReflectionRequest.list_services",
        "grpc.reflection.v1.ServerReflectionResponse.valid_host",
        "grpc.reflection.v1.ServiceResponse.name",
    ];

    [Fact]
    public void Protos_FieldsThatCouldCarryAPicture_AreOnlyTheKnownSmallOnes()
    {
        string[] fields =
        [
            .. Repository.FilesIn("protos", ".proto").SelectMany(file => Carriers(Repository.Read(file))),
        ];

        Assert.Equal(
            Allowed.Keys.Concat(InDevelopment).Order(StringComparer.Ordinal), fields.Order(StringComparer.Ordinal));
        Assert.All(Allowed.Values, size => Assert.InRange(size, 1, MaxBytes));
    }

    [Theory]
    [InlineData("message A { bytes picture = 1; }", "p.A.picture")]
    [InlineData("message A { string base64 = 1; }", "p.A.base64")]
    [InlineData("message A {\n repeated\n bytes /* bytes b = 2; */ parts\n = 1 [deprecated = true]; }", "p.A.parts")]
    [InlineData("message A { message B { optional bytes c = 1; } B b = 2; }", "p.A.B.c")]
    [InlineData("message A { oneof o { int32 x = 1; bytes y = 2; } }", "p.A.y")]
    [InlineData("message A { map<string, int32> m = 1; }", "p.A.m")]
    [InlineData("message A { repeated uint32 pixels = 1; }", "p.A.pixels")]
    [InlineData("message A { google.protobuf.BytesValue v = 1; }", "p.A.v")]
    [InlineData("message A { .google.protobuf.Any v = 1; }", "p.A.v")]
    [InlineData("message A { reserved \"bytes\"; } message C { enum E { X = 0; } string d = 1; }", "p.C.d")]
    public void Protos_FieldThatCouldCarryAPicture_IsSeen(string message, string field)
    {
        string proto = "syntax = \"proto3\"; // bytes x = 1;\npackage p; option o = \"string s = 1;\";\n" + message;

        Assert.Equal([field], Carriers(proto));
    }

    [Fact]
    public void Protos_FieldsTooSmallForAPicture_AreLeftAlone()
    {
        string proto = "package p; message A { uint32 a = 1; optional bool b = 2; repeated A c = 3; reserved 4 to 6; }";

        Assert.Empty(Carriers(proto));
    }

    [Fact]
    public void Service_AllThatItUses_HasNoDecoderAndNoNativeCode()
    {
        string[] reached = [.. Closure("HashMatch.Service")];

        string[] imports =
        [
            .. ProjectFile.All.Where(project => reached.Contains(project.Name))
                .SelectMany(project => Repository.FilesIn(project.Folder, ".cs"))
                .Where(file => ImportsNative(Repository.Read(file))),
        ];

        Assert.Equal(
            ["HashMatch.Matching", "HashMatch.Protocol", "HashMatch.Service", "HashMatch.Web", ProjectFile.StandIns],
            reached.Union([ProjectFile.StandIns]).Order(StringComparer.Ordinal));
        Assert.Empty(imports);
    }

    [Theory]
    [InlineData("[LibraryImport(\"vips\")] static partial int Open();")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"vips\")]")]
    [InlineData("nint vips = NativeLibrary.Load(name);")]
    [InlineData("[LibraryImport(\"libc\", EntryPoint = \"dlopen\")] static partial int Open();")]
    [InlineData("[LibraryImport(\"vips\", EntryPoint = \"mmap\")] static partial int Open();")]
    public void Service_NativeImport_IsSeen(string source) => Assert.True(ImportsNative(source));

    [Fact]
    public void Service_MemoryCallOfTheKernel_IsNoImport() =>
        Assert.False(ImportsNative("[LibraryImport(\"libc\", EntryPoint = \"madvise\")] static partial int Advise();"));

    private static bool ImportsNative(string source) => NativeImport.IsMatch(MemoryCall.Replace(source, ""));

    private static IEnumerable<string> Closure(string name) =>
        ProjectFile.All.Where(project => project.Name == name && name != ProjectFile.StandIns)
            .SelectMany(project => project.Projects)
            .SelectMany(Closure)
            .Append(name)
            .Distinct();

    // The full names of the fields that hold bytes, text or any number of numbers, and of those whose type is declared
    // elsewhere than in these files.
    private static IEnumerable<string> Carriers(string proto)
    {
        const string CommentsTextsAndOptions = """//[^\n]*|/\*.*?\*/|"[^"\n]*"|'[^'\n]*'|\[[^\]]*\]""";
        string text = Regex.Replace(proto, CommentsTextsAndOptions, " ", RegexOptions.Singleline);
        string package = Regex.Match(text, @"\bpackage\s+([\w.]+)").Groups[1].Value;
        var scopes = new Stack<string>();
        foreach (Match part in Regex.Matches(text, @"([^{};]*)([{};])"))
        {
            string statement = part.Groups[1].Value.Trim();
            if (part.Groups[2].Value == "{")
            {
                scopes.Push(statement);
                continue;
            }

            Match field = Regex.Match(
                statement,
                @"^(?<many>repeated\s+)?(optional\s+)?(?<type>map\s*<[^>]*>|[\w.]+)\s+(?<name>\w+)\s*=\s*\w+$");
            if (field.Success && scopes.Any(IsMessage) && !scopes.Peek().StartsWith("enum", StringComparison.Ordinal)
                && CanCarry(field.Groups["type"].Value, field.Groups["many"].Success))
            {
                string[] names = [.. scopes.Where(IsMessage).Select(scope => scope.Split()[^1]).Reverse()];
                yield return $"{package}.{string.Join('.', names)}.{field.Groups["name"].Value}";
            }

            if (part.Groups[2].Value == "}")
            {
                scopes.Pop();
            }
        }

        static bool IsMessage(string scope) => scope.StartsWith("message", StringComparison.Ordinal);

        static bool CanCarry(string type, bool many) =>
            type is "bytes" or "string"
            || type.StartsWith("map", StringComparison.Ordinal)
            || type.TrimStart('.').StartsWith("google.", StringComparison.Ordinal)
            || (many && Regex.IsMatch(type, "^(double|float|bool|s?u?int(32|64)|s?fixed(32|64))$"));
    }
}
