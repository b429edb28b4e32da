using System.Runtime.CompilerServices;

namespace HashMatch.Hashing;

/// <summary>
/// Luma, the four box passes and the decimation to 64 by 64 in one sweep down the picture, at one vector width.
/// </summary>
/// <remarks>
/// Running sums may not be reordered, so vectors lie across the lines that are summed. A strip of as many rows as there
/// are lanes goes through in squares: luma, transposed, so that a vector is one column of the strip; the running mean
/// along its rows; transposed back; the running mean down the columns, a vector being part of a row; transposed again
/// for the second mean along rows. Of that one only the 64 columns that survive are divided, and of the last pass only
/// those columns exist.
/// </remarks>
internal unsafe ref struct BlurSweep<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Side = BlurLayout.Side;

    private readonly PixelRows _rows;
    private readonly BoxWindow _across;
    private readonly BoxWindow _down;
    private readonly BlurLayout _layout;
    private readonly byte* _memory;
    private readonly float* _luma;
    private readonly float* _means;
    private readonly float* _firstSquare;
    private readonly float* _columnSquare;
    private readonly float* _secondSquare;
    private readonly float* _rowSums;
    private readonly float* _columnSums;
    private readonly float* _columns;
    private readonly float* _decimated;
    private readonly int _acrossMask;

    // The ticks at which the second mean along rows is due at one of the 64 columns; the last one never comes.
    private readonly int* _columnTicks;

    private BlurSweep(PixelRows rows, BlurWorkspace workspace, int* columnTicks)
    {
        _rows = rows;
        _across = new BoxWindow(rows.Width);
        _down = new BoxWindow(rows.Height);
        // Behind each picked row there is room to read a vector too many.
        int stretchedRow = rows.IsStretched ? (rows.Width * rows.PixelBytes) + 64 : 0;
        _layout = new BlurLayout(_across, _down, TLanes.Count, stretchedRow);
        _memory = workspace.Take(_layout.ByteCount);
        _luma = (float*)(_memory + _layout.LumaAt);
        _means = (float*)(_memory + _layout.MeansAt);
        _firstSquare = (float*)(_memory + _layout.SquaresAt);
        _columnSquare = _firstSquare + (TLanes.Count * TLanes.Count);
        _secondSquare = _columnSquare + (TLanes.Count * TLanes.Count);
        _rowSums = (float*)(_memory + _layout.RowSumsAt);
        _columnSums = (float*)(_memory + _layout.ColumnSumsAt);
        _columns = (float*)(_memory + _layout.ColumnsAt);
        _decimated = (float*)(_memory + _layout.DecimatedAt);
        _acrossMask = _layout.AcrossRing - 1;
        _columnTicks = columnTicks;
        for (int j = 0; j < Side; j++)
        {
            columnTicks[j] = Decimation.Source(j, rows.Width) + _across.Lag;
        }

        columnTicks[Side] = int.MaxValue;
        new Span<byte>(_columnSums, _layout.Blocks * TLanes.Count * sizeof(float)).Clear();
    }

    /// <summary>Blurs and decimates.</summary>
    /// <param name="rows">The picture, at least 1 by 1.</param>
    /// <param name="workspace">Memory to work in.</param>
    /// <param name="result">64 rows of 64.</param>
    public static void Run(PixelRows rows, BlurWorkspace workspace, Span<float> result)
    {
        int* columnTicks = stackalloc int[Side + 1];
        var sweep = new BlurSweep<TLanes, TVector>(rows, workspace, columnTicks);
        fixed (float* destination = result)
        {
            sweep.Run(destination);
        }

        GC.KeepAlive(workspace);
    }

    private void Run(float* result)
    {
        byte** starts = stackalloc byte*[TLanes.Count];
        byte* tail = stackalloc byte[TLanes.Count * TLanes.Count * 4];
        var last = new LastPass<TLanes, TVector>(_down, _layout, _memory, result);

        // Row t of a strip is a tick of the windows down the columns: the rows after the last one only drain them.
        for (int top = 0; top < _down.Ticks; top += TLanes.Count)
        {
            Strip(top, starts, tail);
            last.AddStrip(top - _down.Lag);
        }

        last.Drain();
    }

    private void Strip(int top, byte** starts, byte* tail)
    {
        int lanes = TLanes.Count;
        bool hasRows = top < _down.Length;
        int safeSquares = hasRows ? FindRows(top, starts) : 0;
        int square = 0;
        int column = 0;
        new Span<byte>(_rowSums, 2 * lanes * sizeof(float)).Clear();
        for (int step = 0; step < _layout.Blocks + 2; step++)
        {
            // A mean is due Lag columns after its own, so luma runs ahead of the squares.
            int ahead = hasRows ? Math.Min(((step + 1) * lanes) + _across.Lag, _across.Length) : 0;
            for (; square * lanes < ahead; square++)
            {
                LumaSquare(square, square < safeSquares, starts, tail);
            }

            int third = step - 2;
            if (step < _layout.Blocks && third >= 0 && hasRows && IsSteady(step, top))
            {
                SteadyMeans(step, top);
                column = Decimate(third * lanes, lanes, column);
            }
            else
            {
                if (step < _layout.Blocks && hasRows)
                {
                    FirstMeans(step);
                }

                if (step > 0 && step <= _layout.Blocks)
                {
                    ColumnMeans(step - 1, top);
                }

                if (third >= 0)
                {
                    int end = Math.Min((third + 1) * lanes, _across.Length);
                    column = SecondMeans(third * lanes, end, column);
                }
            }

            if (step < _layout.Blocks && hasRows)
            {
                TLanes.Transpose(_firstSquare, lanes, Ring(step) + (top % _layout.DownRing * lanes), lanes);
            }

            if (step > 0 && step <= _layout.Blocks)
            {
                TLanes.Transpose(
                    _columnSquare, lanes, _means + ((((step - 1) * lanes) & _acrossMask) * lanes), lanes);
            }
        }

        _ = SecondMeans(_across.Length, _across.Ticks, column);
    }

    private readonly float* Ring(int block) => _columns + ((nint)block * _layout.DownRing * TLanes.Count);

    // Whether the squares of three steps, each a stage further, are all away from the edges of the picture.
    private readonly bool IsSteady(int step, int top)
    {
        int lanes = TLanes.Count;
        return _across.IsSteady((step * lanes) + _across.Lag, lanes)
            && _across.IsSteady((step - 2) * lanes, lanes)
            && _down.IsSteady(top, lanes);
    }

    // The three running sums side by side: each waits for its own last addition, so one alone leaves the adders idle.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void SteadyMeans(int step, int top)
    {
        // In floats, so that a ring's mask serves for the offsets as they are.
        int lanes = TLanes.Count;
        nint square = lanes * lanes;
        nint mask = ((nint)_layout.AcrossRing * lanes) - 1;
        nint size = (nint)_layout.DownRing * lanes;
        nint first = ((nint)step * lanes) + _across.Lag;
        nint second = (nint)(step - 2) * lanes;
        nint firstEnters = first * lanes;
        nint firstLeaves = (first - _across.Width) * lanes;
        nint secondEnters = second * lanes;
        nint secondLeaves = (second - _across.Width) * lanes;
        nint leaves = (nint)((top - _down.Width) % _layout.DownRing) * lanes;
        float* luma = _luma;
        float* means = _means;
        float* ring = Ring(step - 1);
        float* enters = ring + (top % _layout.DownRing * lanes);
        float* squares = _firstSquare;
        float* columnSums = _columnSums + ((nint)(step - 1) * lanes);
        TVector width = TLanes.Create(_across.Width);
        TVector height = TLanes.Create(_down.Width);
        TVector firstSum = TLanes.Load(_rowSums);
        TVector columnSum = TLanes.Load(columnSums);
        TVector secondSum = TLanes.Load(_rowSums + lanes);
        for (nint k = 0; k < square; k += lanes)
        {
            firstSum = TLanes.Add(firstSum, TLanes.Load(luma + ((firstEnters + k) & mask)));
            columnSum = TLanes.Add(columnSum, TLanes.Load(enters + k));
            secondSum = TLanes.Add(secondSum, TLanes.Load(means + ((secondEnters + k) & mask)));
            firstSum = TLanes.Subtract(firstSum, TLanes.Load(luma + ((firstLeaves + k) & mask)));
            columnSum = TLanes.Subtract(columnSum, TLanes.Load(ring + leaves));
            secondSum = TLanes.Subtract(secondSum, TLanes.Load(means + ((secondLeaves + k) & mask)));
            TLanes.Store(squares + k, TLanes.Divide(firstSum, width));
            TLanes.Store(squares + square + k, TLanes.Divide(columnSum, height));
            TLanes.Store(squares + (2 * square) + k, secondSum);
            leaves += lanes;
            leaves = leaves == size ? 0 : leaves;
        }

        TLanes.Store(_rowSums, firstSum);
        TLanes.Store(columnSums, columnSum);
        TLanes.Store(_rowSums + lanes, secondSum);
    }

    // Of the second means of a steady square, those of the 64 columns.
    private readonly int Decimate(int tick, int count, int column)
    {
        int lanes = TLanes.Count;
        for (; _columnTicks[column] < tick + count; column++)
        {
            TVector sum = TLanes.Load(_secondSquare + ((_columnTicks[column] - tick) * lanes));
            TLanes.Store(_decimated + (column * lanes), TLanes.Divide(sum, TLanes.Create(_across.Width)));
        }

        return column;
    }

    // Gives the number of squares that may be read without leaving the caller's pixels.
    private readonly int FindRows(int top, byte** starts)
    {
        int lanes = TLanes.Count;
        int last = Math.Min(top + lanes, _down.Length) - 1;
        if (_rows.IsStretched)
        {
            for (int k = 0; k < lanes; k++)
            {
                starts[k] = _memory + _layout.StretchedAt + (k * _layout.StretchedRow);
                _rows.Stretch(Math.Min(top + k, last), starts[k]);
            }

            return _layout.Blocks;
        }

        for (int k = 0; k < lanes; k++)
        {
            // Lanes below the last row see that row again, and nobody reads them.
            starts[k] = _rows.Row(Math.Min(top + k, last));
        }

        long squareBytes = (long)lanes * _rows.PixelBytes;
        long readable = _rows.ReadableFrom(last) - (lanes * 4);
        return readable < 0 ? 0 : (int)Math.Min(_layout.Blocks, (readable / squareBytes) + 1);
    }

    private readonly void LumaSquare(int square, bool isSafe, byte** starts, byte* tail)
    {
        int lanes = TLanes.Count;
        int x = square * lanes;
        float* destination = _luma + ((x & _acrossMask) * lanes);
        nint offset = (nint)x * _rows.PixelBytes;
        if (isSafe)
        {
            TLanes.LumaSquare(starts, offset, _rows.Format, destination);
            return;
        }

        byte** copies = stackalloc byte*[lanes];
        int byteCount = Math.Min(lanes, _across.Length - x) * _rows.PixelBytes;
        for (int k = 0; k < lanes; k++)
        {
            copies[k] = tail + (k * lanes * 4);
            Unsafe.CopyBlockUnaligned(copies[k], starts[k] + offset, (uint)byteCount);
        }

        TLanes.LumaSquare(copies, 0, _rows.Format, destination);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void FirstMeans(int block)
    {
        int lanes = TLanes.Count;
        int start = (block * lanes) + _across.Lag;
        TVector sum = TLanes.Load(_rowSums);
        int end = Math.Min(start + lanes, _across.Ticks);
        for (int tick = block == 0 ? 0 : start; tick < end; tick++)
        {
            sum = Step(sum, _luma, tick);
            if (tick >= start)
            {
                TVector count = TLanes.Create(_across.CountAt(tick));
                TLanes.Store(_firstSquare + ((tick - start) * lanes), TLanes.Divide(sum, count));
            }
        }

        TLanes.Store(_rowSums, sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ColumnMeans(int block, int top)
    {
        int lanes = TLanes.Count;
        int size = _layout.DownRing;
        float* ring = Ring(block);
        float* sums = _columnSums + ((nint)block * lanes);
        TVector sum = TLanes.Load(sums);
        int end = Math.Min(lanes, _down.Ticks - top);
        for (int k = 0; k < end; k++)
        {
            int tick = top + k;
            if (tick < _down.Length)
            {
                sum = TLanes.Add(sum, TLanes.Load(ring + (tick % size * lanes)));
            }

            if (tick >= _down.Width)
            {
                sum = TLanes.Subtract(sum, TLanes.Load(ring + ((tick - _down.Width) % size * lanes)));
            }

            TLanes.Store(_columnSquare + (k * lanes), TLanes.Divide(sum, TLanes.Create(_down.CountAt(tick))));
        }

        TLanes.Store(sums, sum);
    }

    // Up to the tick before the end; gives the next column of the 64.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int SecondMeans(int tick, int end, int column)
    {
        int lanes = TLanes.Count;
        TVector sum = TLanes.Load(_rowSums + lanes);
        while (tick < end)
        {
            int due = _columnTicks[column];
            int stop = due < end ? due + 1 : end;
            for (; tick < stop; tick++)
            {
                sum = Step(sum, _means, tick);
            }

            // A picture narrower than 64 gives some of its columns more than once.
            for (; _columnTicks[column] == tick - 1; column++)
            {
                TVector count = TLanes.Create(_across.CountAt(tick - 1));
                TLanes.Store(_decimated + (column * lanes), TLanes.Divide(sum, count));
            }
        }

        TLanes.Store(_rowSums + lanes, sum);
        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TVector Step(TVector sum, float* ring, int tick)
    {
        if (tick < _across.Length)
        {
            sum = TLanes.Add(sum, TLanes.Load(ring + ((tick & _acrossMask) * TLanes.Count)));
        }

        if (tick >= _across.Width)
        {
            sum = TLanes.Subtract(
                sum, TLanes.Load(ring + (((tick - _across.Width) & _acrossMask) * TLanes.Count)));
        }

        return sum;
    }
}
