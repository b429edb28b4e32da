namespace HashMatch.Hashing;

/// <summary>The second running mean down the columns: of the 64 that survive, and due at the 64 rows that do.</summary>
internal unsafe ref struct LastPass<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Side = BlurLayout.Side;

    private readonly BoxWindow _down;
    private readonly float* _columns;
    private readonly float* _rows;
    private readonly float* _sums;
    private readonly float* _ring;
    private readonly float* _result;
    private readonly int _mask;
    private int _nextRow;

    public LastPass(BoxWindow down, in BlurLayout layout, byte* memory, float* result)
    {
        _down = down;
        _columns = (float*)(memory + layout.DecimatedAt);
        _rows = (float*)(memory + layout.DecimatedRowsAt);
        _sums = (float*)(memory + layout.DecimatedSumsAt);
        _ring = (float*)(memory + layout.DecimatedRingAt);
        _mask = layout.DecimatedRing - 1;
        _result = result;
        new Span<float>(_sums, Side).Clear();
    }

    /// <summary>Takes the 64 columns of a strip, one vector each.</summary>
    /// <param name="firstRow">The strip's first row. Negative ones are passed over.</param>
    public void AddStrip(int firstRow)
    {
        int lanes = TLanes.Count;
        for (int j = 0; j < Side; j += lanes)
        {
            TLanes.Transpose(_columns + (j * lanes), lanes, _rows + j, Side);
        }

        for (int k = 0; k < lanes; k++)
        {
            int tick = firstRow + k;
            if (tick >= 0 && tick < _down.Length)
            {
                Tick(_rows + (k * Side), tick);
            }
        }
    }

    /// <summary>Gives the last rows, once all have been taken.</summary>
    public void Drain()
    {
        for (int tick = _down.Length; tick < _down.Ticks; tick++)
        {
            Tick(null, tick);
        }
    }

    // The row is the one that enters, or null once all have.
    private void Tick(float* row, int tick)
    {
        float* enters = _ring + ((tick & _mask) * Side);
        float* leaves = _ring + (((tick - _down.Width) & _mask) * Side);
        for (int j = 0; j < Side; j += TLanes.Count)
        {
            TVector sum = TLanes.Load(_sums + j);
            if (row != null)
            {
                TVector entering = TLanes.Load(row + j);
                TLanes.Store(enters + j, entering);
                sum = TLanes.Add(sum, entering);
            }

            if (tick >= _down.Width)
            {
                sum = TLanes.Subtract(sum, TLanes.Load(leaves + j));
            }

            TLanes.Store(_sums + j, sum);
        }

        // A picture lower than 64 gives some of its rows more than once.
        for (; _nextRow < Side && Decimation.Source(_nextRow, _down.Length) + _down.Lag == tick; _nextRow++)
        {
            float* destination = _result + (_nextRow * Side);
            TVector count = TLanes.Create(_down.CountAt(tick));
            for (int j = 0; j < Side; j += TLanes.Count)
            {
                TLanes.Store(destination + j, TLanes.Divide(TLanes.Load(_sums + j), count));
            }
        }
    }
}
