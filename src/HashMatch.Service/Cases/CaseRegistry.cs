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
    IDbContextFactory<HashMatchDb> databases, WriteGate gate, HashList list, Sequencer sequencer, TimeProvider clock)
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
    /// it; it counts as withdrawn with the last one, and a withdrawal that was cut short is gone on with by a retry.
    /// </remarks>
    /// <returns>How many pictures were withdrawn.</returns>
    public async Task<int> WithdrawAsync(CaseKey key, int? picture, CancellationToken cancellationToken)
    {
        int? pictures = null;
        bool finished = false;
        while (!finished)
        {
            using IDisposable turn = await gate.EnterAsync(cancellationToken);
            await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            Case found = await FindAsync(db, key, cancellationToken) ?? throw Refusals.NoSuchCase();
            if (found.State == CaseState.Withdrawn)
            {
                return pictures ?? 0;
            }

            IQueryable<CaseFingerprint> held = db.Fingerprints
                .Where(row => row.CaseId == found.Id && (picture == null || row.Picture == picture));
            pictures ??= await held.Select(row => row.Picture).Distinct().CountAsync(cancellationToken);
            if (picture is not null && pictures == 0)
            {
                throw Refusals.NoSuchPicture();
            }

            List<long> leaving = await TakeOffAsync(db, found.Id, held, cancellationToken);
            finished = !await held.AnyAsync(cancellationToken);
            if (finished && picture is null)
            {
                found.State = CaseState.Withdrawn;
                found.WithdrawnDay = clock.Today();
                await db.SaveChangesAsync(cancellationToken);
            }

            // From here on nothing is cancelled: the index must follow what was committed.
            await transaction.CommitAsync(CancellationToken.None);
            list.Remove(leaving);
            sequencer.EraseSoon();
        }

        return pictures ?? 0;
    }

    // Deletes some of a case's fingerprints, and the entries that nobody else holds; gives the ids of those.
    private static async Task<List<long>> TakeOffAsync(
        HashMatchDb db, long caseId, IQueryable<CaseFingerprint> held, CancellationToken cancellationToken)
    {
        IQueryable<Hash256> hashes = held
            .OrderBy(row => row.Hash)
            .Select(row => row.Hash)
            .Take(FingerprintsPerWithdrawal);

        // A case holds a hash once, so whoever else has it is another case.
        IQueryable<Entry> alone = db.Entries
            .Where(entry => hashes.Contains(entry.Hash))
            .Where(entry => !db.Fingerprints.Any(row => row.Hash == entry.Hash && row.CaseId != caseId));
        List<long> leaving = await alone.Select(entry => entry.Id).ToListAsync(cancellationToken);
        await alone.ExecuteDeleteAsync(cancellationToken);
        await db.Fingerprints
            .Where(row => row.CaseId == caseId && hashes.Contains(row.Hash))
            .ExecuteDeleteAsync(cancellationToken);
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
