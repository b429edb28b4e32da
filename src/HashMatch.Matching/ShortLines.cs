using System.Runtime.CompilerServices;
using System.Text;

namespace HashMatch.Matching;

/// <summary>Reads lines of which only the beginning matters, so that one without end costs no memory.</summary>
internal static class ShortLines
{
    /// <summary>How many characters of a line are kept.</summary>
    public const int Kept = 4096;

    /// <summary>Reads to the end. Lines end with a line feed, or at the end of the input.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(
        TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        char[] block = new char[Kept];
        var line = new StringBuilder();
        bool isOpen = false;
        while (await input.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and int count)
        {
            for (int at = 0; at < count;)
            {
                int end = Array.IndexOf(block, '\n', at, count - at);
                int length = (end < 0 ? count : end) - at;
                line.Append(block, at, Math.Min(length, Kept - line.Length));
                at += length + 1;
                isOpen = end < 0;
                if (!isOpen)
                {
                    yield return line.ToString();
                    line.Clear();
                }
            }
        }

        if (isOpen)
        {
            yield return line.ToString();
        }
    }
}
