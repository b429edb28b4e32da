using Google.Protobuf;
using Google.Protobuf.Reflection;
using HashMatch.Service.Reflection;

namespace HashMatch.Service.Tests.Reflection;

public sealed class ProtoFilesTests
{
    private static readonly FileDescriptor[] Diamond = Describe(
        new FileDescriptorProto { Name = "ground.proto", Package = "p" },
        new FileDescriptorProto { Name = "left.proto", Dependency = { "ground.proto" } },
        new FileDescriptorProto { Name = "right.proto", Dependency = { "ground.proto" } },
        new FileDescriptorProto { Name = "roof.proto", Dependency = { "left.proto", "right.proto" } });

    [Fact]
    public void WithImports_TwoWaysToOneFile_GivesEachOnceAndTheFileFirst()
    {
        IEnumerable<FileDescriptor> files = ProtoFiles.WithImports(Diamond[^1]);

        Assert.Equal(["roof.proto", "left.proto", "right.proto", "ground.proto"], files.Select(file => file.Name));
    }

    [Fact]
    public void Named_ImportedFile_IsKnown()
    {
        var files = new ProtoFiles(Diamond[^1], Diamond[1]);

        Assert.Equal("ground.proto", files.Named("ground.proto")?.Name);
        Assert.Null(files.Named("cellar.proto"));
    }

    [Fact]
    public void Declared_EachKind_IsFoundByItsFullName()
    {
        var files = new ProtoFiles(Describe(new FileDescriptorProto
        {
            Name = "all.proto",
            Package = "p.q",
            EnumType = { Enum("E", "X") },
            MessageType =
            {
                new DescriptorProto
                {
                    Name = "M",
                    Field = { new FieldDescriptorProto { Name = "f", Number = 1, OneofIndex = 0, Type = Text } },
                    OneofDecl = { new OneofDescriptorProto { Name = "o" } },
                    EnumType = { Enum("F", "Y") },
                    NestedType = { new DescriptorProto { Name = "N" } },
                },
            },
            Service =
            {
                new ServiceDescriptorProto
                {
                    Name = "S",
                    Method =
                    {
                        new MethodDescriptorProto { Name = "Do", InputType = ".p.q.M", OutputType = ".p.q.M.N" },
                    },
                },
            },
        }));

        string[] symbols =
        [
            "p.q.E", "p.q.X", "p.q.M", "p.q.M.f", "p.q.M.o", "p.q.M.F", "p.q.M.Y", "p.q.M.N", "p.q.S", "p.q.S.Do",
        ];

        Assert.All(symbols, symbol => Assert.Equal("all.proto", files.Declared(symbol)?.File.Name));
        Assert.All(["p.q", "p.q.E.X", "p.q.m", ".p.q.M", "M", ""], symbol => Assert.Null(files.Declared(symbol)));
    }

    private static FieldDescriptorProto.Types.Type Text => FieldDescriptorProto.Types.Type.String;

    private static EnumDescriptorProto Enum(string name, string value) =>
        new() { Name = name, Value = { new EnumValueDescriptorProto { Name = value } } };

    private static FileDescriptor[] Describe(params FileDescriptorProto[] files) =>
    [
        .. FileDescriptor.BuildFromByteStrings(files.Select(file =>
        {
            file.Syntax = "proto3";
            return file.ToByteString();
        })),
    ];
}
