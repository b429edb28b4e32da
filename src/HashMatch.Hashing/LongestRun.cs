namespace HashMatch.Hashing;

/// <summary>The longest run of ones in a line of bits, short gaps within it allowed.</summary>
/// <param name="longestGap">The most zeros in a row that do not end a run.</param>
internal struct LongestRun(int longestGap)
{
    private int _position;
    private int _start = -1;
    private int _last;
    private int _bestStart;
    private int _bestLength;

    /// <summary>Takes the next bit.</summary>
    public void Add(bool bit)
    {
        if (bit)
        {
            _start = _start < 0 ? _position : _start;
            _last = _position;
        }
        else if (_start >= 0 && _position - _last > longestGap)
        {
            Close();
        }

        _position++;
    }

    /// <summary>Where the longest run starts and how long it is; length 0 if there was none.</summary>
    public (int Start, int Length) End()
    {
        if (_start >= 0)
        {
            Close();
        }

        return (_bestStart, _bestLength);
    }

    private void Close()
    {
        int length = _last + 1 - _start;
        if (length > _bestLength)
        {
            _bestStart = _start;
            _bestLength = length;
        }

        _start = -1;
    }
}
