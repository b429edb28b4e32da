using System.Text;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>
/// Reads the headers of an answer to a peer that allows no header table: fields of HPACK's static table and literals.
/// </summary>
public static class HeaderBlock
{
    private static readonly string[] Names =
        (":authority :method :method :path :path :scheme :scheme :status :status :status :status :status :status "
        + ":status accept-charset accept-encoding accept-language accept-ranges accept access-control-allow-origin "
        + "age allow authorization cache-control content-disposition content-encoding content-language "
        + "content-length content-location content-range content-type cookie date etag expect expires from host "
        + "if-match if-modified-since if-none-match if-range if-unmodified-since last-modified link location "
        + "max-forwards proxy-authenticate proxy-authorization range referer refresh retry-after server set-cookie "
        + "strict-transport-security transfer-encoding user-agent vary via www-authenticate").Split(' ');

    private static readonly string[] Statuses = ["200", "204", "206", "304", "400", "404", "500"];

    /// <summary>Adds the fields of a block to those that are there.</summary>
    public static void ReadInto(IDictionary<string, string> fields, ReadOnlySpan<byte> block)
    {
        while (!block.IsEmpty)
        {
            byte first = block[0];
            if ((first & 0x80) != 0)
            {
                int index = ReadNumber(ref block, 7);
                fields[Names[index - 1]] = Statuses[index - 8];
            }
            else if ((first & 0xe0) == 0x20)
            {
                // The table's size; there is none.
                Assert.Equal(0, ReadNumber(ref block, 5));
            }
            else
            {
                int index = ReadNumber(ref block, (first & 0x40) != 0 ? 6 : 4);
                string name = index == 0 ? ReadText(ref block) : Names[index - 1];
                fields[name] = ReadText(ref block);
            }
        }
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        Assert.True((block[0] & 0x80) == 0, "Kestrel writes no Huffman codes.");
        int length = ReadNumber(ref block, 7);
        string text = Encoding.ASCII.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> block, int bits)
    {
        int mask = (1 << bits) - 1;
        int number = block[0] & mask;
        block = block[1..];
        if (number < mask)
        {
            return number;
        }

        for (int shift = 0; ; shift += 7)
        {
            byte next = block[0];
            block = block[1..];
            number += (next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return number;
            }
        }
    }
}
