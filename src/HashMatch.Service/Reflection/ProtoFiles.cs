using Google.Protobuf.Reflection;

namespace HashMatch.Service.Reflection;

/// <summary>Proto files, found by their name or by what they declare.</summary>
public sealed class ProtoFiles
{
    private readonly Dictionary<string, FileDescriptor> _byName;
    private readonly Dictionary<string, IDescriptor> _symbols;

    /// <summary>Takes the files and all that they import.</summary>
    public ProtoFiles(params IEnumerable<FileDescriptor> files)
    {
        _byName = files.SelectMany(WithImports).Distinct().ToDictionary(file => file.Name);
        _symbols = _byName.Values.SelectMany(SymbolsOf).ToDictionary(FullName);
    }

    /// <summary>Finds a file by the name by which others import it.</summary>
    public FileDescriptor? Named(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds a service, method, message, field, oneof, enum or enum value by its full name.</summary>
    public IDescriptor? Declared(string symbol) => _symbols.GetValueOrDefault(symbol);

    /// <summary>Gives the file and all that it imports, directly or not, each once and the file first.</summary>
    public static IEnumerable<FileDescriptor> WithImports(FileDescriptor file)
    {
        List<FileDescriptor> files = [file];
        for (int i = 0; i < files.Count; i++)
        {
            files.AddRange(files[i].Dependencies.Except(files));
        }

        return files;
    }

    private static IEnumerable<IDescriptor> SymbolsOf(FileDescriptor file) =>
    [
        .. file.Services,
        .. file.Services.SelectMany(service => service.Methods),
        .. file.EnumTypes.SelectMany(SymbolsOf),
        .. file.MessageTypes.SelectMany(SymbolsOf),
    ];

    private static IEnumerable<IDescriptor> SymbolsOf(MessageDescriptor message) =>
    [
        message,
        .. message.Fields.InDeclarationOrder(),
        .. message.Oneofs,
        .. message.EnumTypes.SelectMany(SymbolsOf),
        .. message.NestedTypes.SelectMany(SymbolsOf),
    ];

    private static IEnumerable<IDescriptor> SymbolsOf(EnumDescriptor type) => [type, .. type.Values];

    // The values of an enum stand beside it, not in it; the library says otherwise.
    private static string FullName(IDescriptor symbol) => symbol is EnumValueDescriptor { EnumDescriptor: var type }
        ? type.FullName[..^type.Name.Length] + symbol.Name
        : symbol.FullName;
}
