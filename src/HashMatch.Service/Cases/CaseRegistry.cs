using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Cases;

/// <summary>Registers, adds to, tells of and withdraws cases. What it has acknowledged is durable.</summary>
public sealed class CaseRegistry(
    IDbContextFactory<HashMatchDb> databases,
    WriteGate gate,
    HashList list,
    Sequencer sequencer,
    LongWithdrawals longWithdrawals,
    TimeProvider clock)
{
    /// <summary>How many pictures a status lists at most.</summary>
    public const int PicturesPerStatus = 1_000;

    // Some tenths of a second: what others wait at most while a long case is withdrawn.
    private const int FingerprintsPerWithdrawal = 10_000;

    /// <summary>Registers pictures under a key, new or not: a retry gives the same case and the same numbers.</summary>
    public Task<List<PictureReceipt>> RegisterAsync(
        CaseKey key, AgeGroup ageGroup, IReadOnlyList<CasePicture> pictures, CancellationToken cancellationToken) =>
        StoreAsync(
            key,
            () => ageGroup is AgeGroup.Under18 or AgeGroup.Adult
                ? new Case { KeyDigest = key.Digest(), AgeGroup = ageGroup, CreatedDay = clock.Today() }
                : throw Refusals.AgeGroupMissing(),
            pictures,
            cancellationToken);

    /// <summary>Adds pictures to a case that exists.</summary>
    public Task<List<PictureReceipt>> AddAsync(
        CaseKey key, IReadOnlyList<CasePicture> pictures, CancellationToken cancellationToken) =>
        StoreAsync(key, () => throw Refusals.NoSuchCase(), pictures, cancellationToken);

    /// <summary>Tells what a case holds.</summary>
    public async Task<GetStatusResponse> GetStatusAsync(CaseKey key, CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        Case found = await FindAsync(db, key, cancellationToken) ?? throw Refusals.NoSuchCase();
        IQueryable<IGrouping<int, CaseFingerprint>> pictures = db.Fingerprints
            .Where(row => row.CaseId == found.Id)
            .GroupBy(row => row.Picture);
        var listed = await pictures
            .OrderBy(picture => picture.Key)
            .Take(PicturesPerStatus)
            .Select(picture => new
            {
                Number = picture.Key,
                Count = picture.Count(),
                Day = picture.Min(row => row.AddedDay),
            })
            .ToListAsync(cancellationToken);
        return new GetStatusResponse
        {
            State = found.State,
            AgeGroup = found.AgeGroup,
            PictureCount = (uint)await pictures.CountAsync(cancellationToken),
            Pictures =
            {
                listed.Select(picture => new PictureStatus
                {
                    Number = (uint)picture.Number,
                    Fingerprints = (uint)picture.Count,
                    RegisteredDay = picture.Day.ToString("O"),
                }),
            },
        };
    }

    /// <summary>Withdraws one picture, or with null the whole case. On return nothing of it matches any more.</summary>
    /// <remarks>
    /// A long case (an imported list) is taken apart in several transactions, so that others need not wait for all of
    /// it; it counts as withdrawn with the last one. Once begun that goes on without the call, which may end before it;
    /// a call that comes again waits for the same end.
    /// </remarks>
    /// <returns>How many pictures were withdrawn; 0 if they had been before.</returns>
    public async Task<int> WithdrawAsync(CaseKey key, int? picture, CancellationToken cancellationToken)
    {
        if (picture is null && longWithdrawals.Find(key) is { } underWay)
        {
            return await underWay.WaitAsync(cancellationToken);
        }

        (int pictures, bool isFinished) = await WithdrawSomeAsync(key, picture, null, cancellationToken);
        return isFinished
            ? pictures
            : await longWithdrawals
                .Begin(key, stopping => WithdrawRestAsync(key, pictures, stopping))
                .WaitAsync(cancellationToken);
    }

    private async Task<int> WithdrawRestAsync(CaseKey key, int pictures, CancellationToken cancellationToken)
    {
        bool isFinished = false;
        while (!isFinished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (_, isFinished) = await WithdrawSomeAsync(key, null, pictures, cancellationToken);
        }

        return pictures;
    }

    // One transaction's worth. Tells how many pictures there were, unless they are counted already (that reads all of
    // them), and whether none are left.
    private async Task<(int Pictures, bool IsFinished)> WithdrawSomeAsync(
        CaseKey key, int? picture, int? counted, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);

        // From here on nothing is cancelled. The index must follow what was committed; and where storage is so slow
        // that calls end before they are through, each must still get on.
        await using HashMatchDb db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        Case found = await FindAsync(db, key, CancellationToken.None) ?? throw Refusals.NoSuchCase();
        if (found.State == CaseState.Withdrawn)
        {
            return (0, true);
        }

        // A picture that is gone but has a number that was given was withdrawn: this may be a retry.
        if (picture >= found.NextPicture)
        {
            throw Refusals.NoSuchPicture();
        }

        IQueryable<CaseFingerprint> held = db.Fingerprints
            .Where(row => row.CaseId == found.Id && (picture == null || row.Picture == picture));
        int pictures = counted ?? await held.Select(row => row.Picture).Distinct().CountAsync(CancellationToken.None);
        List<long> leaving = await TakeOffAsync(db, found.Id, held);
        bool isFinished = !await held.AnyAsync(CancellationToken.None);
        if (isFinished && picture is null)
        {
            found.State = CaseState.Withdrawn;
            found.WithdrawnDay = clock.Today();
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
        list.Remove(leaving);
        sequencer.EraseSoon();
        return (pictures, isFinished);
    }

    // Deletes some of a case's fingerprints, and the entries that nobody else holds; gives the ids of those.
    private static async Task<List<long>> TakeOffAsync(
        HashMatchDb db, long caseId, IQueryable<CaseFingerprint> held)
    {
        IQueryable<Hash256> hashes = held
            .OrderBy(row => row.Hash)
            .Select(row => row.Hash)
            .Take(FingerprintsPerWithdrawal);

        // A case holds a hash once, so whoever else has it is another case.
        IQueryable<Entry> alone = db.Entries
            .Where(entry => hashes.Contains(entry.Hash))
            .Where(entry => !db.Fingerprints.Any(row => row.Hash == entry.Hash && row.CaseId != caseId));
        List<long> leaving = await alone.Select(entry => entry.Id).ToListAsync();
        await alone.ExecuteDeleteAsync();
        await db.Fingerprints
            .Where(row => row.CaseId == caseId && hashes.Contains(row.Hash))
            .ExecuteDeleteAsync();
        return leaving;
    }

    private static Task<Case?> FindAsync(HashMatchDb db, CaseKey key, CancellationToken cancellationToken)
    {
        byte[] digest = key.Digest();
        return db.Cases.SingleOrDefaultAsync(row => row.KeyDigest == digest, cancellationToken);
    }

    private async Task<List<PictureReceipt>> StoreAsync(
        CaseKey key,
        Func<Case> whenUnknown,
        IReadOnlyList<CasePicture> pictures,
        CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        Case? found = await FindAsync(db, key, cancellationToken);
        if (found is null)
        {
            found = whenUnknown();
            db.Cases.Add(found);
        }
        else if (found.State == CaseState.Withdrawn)
        {
            throw Refusals.CaseWithdrawn();
        }

        var sent = pictures.SelectMany(picture => picture.Hashes).ToHashSet();
        Dictionary<Hash256, int> held = await db.Fingerprints
            .Where(row => row.CaseId == found.Id && sent.Contains(row.Hash))
            .ToDictionaryAsync(row => row.Hash, row => row.Picture, cancellationToken);
        int room = CaseLimits.PicturesPerCase - await db.Fingerprints
            .Where(row => row.CaseId == found.Id)
            .Select(row => row.Picture)
            .Distinct()
            .CountAsync(cancellationToken);

        Dictionary<int, int> sizes = await db.Fingerprints
            .Where(row => row.CaseId == found.Id && held.Values.Contains(row.Picture))
            .GroupBy(row => row.Picture)
            .ToDictionaryAsync(rows => rows.Key, rows => rows.Count(), cancellationToken);

        var receipts = new List<PictureReceipt>(pictures.Count);
        foreach (CasePicture picture in pictures)
        {
            receipts.Add(Store(db, found, picture, held, sizes, ref room));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        sequencer.MergeSoon();
        return receipts;
    }

    private PictureReceipt Store(
        HashMatchDb db,
        Case owner,
        CasePicture picture,
        Dictionary<Hash256, int> held,
        Dictionary<int, int> sizes,
        ref int room)
    {
        if (picture.Refusal != PictureRefusal.Unspecified)
        {
            return new PictureReceipt { Refusal = picture.Refusal };
        }

        // A picture is known by any of its hashes, so that a retry with more views adds to it.
        int number = picture.Hashes.Select(hash => held.GetValueOrDefault(hash)).FirstOrDefault(known => known > 0);
        if (number == 0)
        {
            if (room <= 0)
            {
                return new PictureReceipt { Refusal = PictureRefusal.CaseFull };
            }

            room--;
            number = owner.NextPicture++;
        }

        // Without a limit here one picture could grow for ever, view by view, and with it what each call reads.
        int size = sizes.GetValueOrDefault(number) + picture.Hashes.Count(hash => !held.ContainsKey(hash));
        if (size > CaseLimits.FingerprintsPerPicture)
        {
            return new PictureReceipt { Refusal = PictureRefusal.TooManyFingerprints };
        }

        sizes[number] = size;
        foreach (Hash256 hash in picture.Hashes)
        {
            if (held.TryAdd(hash, number))
            {
                db.Fingerprints.Add(new CaseFingerprint
                {
                    CaseId = owner.Id,
                    Hash = hash,
                    Picture = number,
                    AddedDay = clock.Today(),
                });
            }
        }

        return new PictureReceipt { Number = (uint)number };
    }
}
