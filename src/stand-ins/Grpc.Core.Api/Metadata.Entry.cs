using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One header or trailer: a key with text, or a key that ends in <c>-bin</c> with bytes.</summary>
    /// <remarks>Two entries are equal only if they are the same object.</remarks>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>Makes an entry with bytes.</summary>
        /// <param name="key">
        /// ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, with <c>-bin</c> at its end; made lower case.
        /// </param>
        /// <param name="valueBytes">The bytes; they are copied.</param>
        /// <exception cref="ArgumentException">
        /// The key has another character or does not end in <c>-bin</c>.
        /// </exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = ToValidKey(key);
            if (!IsBinary)
            {
                throw new ArgumentException("The key of an entry with bytes ends in -bin.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            _valueBytes = valueBytes.AsSpan().ToArray();
        }

        /// <summary>Makes an entry with text.</summary>
        /// <param name="key">
        /// ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, without <c>-bin</c> at its end; made lower case.
        /// </param>
        /// <param name="value">ASCII text.</param>
        /// <exception cref="ArgumentException">The key has another character or ends in <c>-bin</c>.</exception>
        public Entry(string key, string value)
        {
            Key = ToValidKey(key);
            if (IsBinary)
            {
                throw new ArgumentException("The key of an entry with text does not end in -bin.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(value);
            _value = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry carries bytes.</exception>
        public string Value => _value ?? throw new InvalidOperationException("This entry carries bytes, not text.");

        /// <summary>A copy of the bytes; for text, its ASCII bytes.</summary>
        public byte[] ValueBytes => _valueBytes?.AsSpan().ToArray() ?? Encoding.ASCII.GetBytes(Value);

        /// <summary>Whether the entry carries bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>Writes key and value in one line; of bytes it writes hexadecimal digits.</summary>
        public override string ToString()
        {
            return _valueBytes is null
                ? $"[Entry: key={Key}, value={Value}]"
                : $"[Entry: key={Key}, valueBytes={Convert.ToHexString(_valueBytes)}]";
        }

        internal bool HasKey(string key)
        {
            return string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);
        }

        private static string ToValidKey(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            string lower = key.ToLowerInvariant();
            if (lower.Length == 0 || lower.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                throw new ArgumentException("A key has ASCII letters, digits, '-', '_' and '.' only.", nameof(key));
            }

            return lower;
        }
    }
}
