using HashMatch.Matching;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HashMatch.Service.Storage;

/// <summary>Stores a hash as its 32 bytes.</summary>
public sealed class HashConverter()
    : ValueConverter<Hash256, byte[]>(hash => hash.ToByteArray(), bytes => new Hash256(bytes));
