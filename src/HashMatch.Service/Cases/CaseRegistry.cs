using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Cases;

/// <summary>Registers, adds to and withdraws cases. What it has acknowledged is durable.</summary>
public sealed class CaseRegistry(
    GroupCommit commits,
    CaseTable cases,
    Sequencer sequencer,
    Retention retention,
    LongWithdrawals longWithdrawals,
    TimeProvider clock)
{
    // Some tenths of a second: what others wait at most while a long case is withdrawn.
    private const int FingerprintsPerWithdrawal = 10_000;

    /// <summary>Registers pictures under a key, new or not: a retry gives the same case and the same numbers.</summary>
    public Task<List<PictureReceipt>> RegisterAsync(
        CaseKey key, AgeGroup ageGroup, IReadOnlyList<CasePicture> pictures, CancellationToken cancellationToken) =>
        StoreAsync(
            key,
            async db =>
            {
                if (ageGroup is AgeGroup.Under18 or AgeGroup.Adult)
                {
                    return await cases.FindOrAddAsync(db, key, ageGroup);
                }

                return (await cases.FindAsync(db, key) ?? throw Refusals.AgeGroupMissing(), false);
            },
            pictures,
            cancellationToken);

    /// <summary>Adds pictures to a case that exists.</summary>
    public Task<List<PictureReceipt>> AddAsync(
        CaseKey key, IReadOnlyList<CasePicture> pictures, CancellationToken cancellationToken) =>
        StoreAsync(
            key,
            async db => (await cases.FindAsync(db, key) ?? throw Refusals.NoSuchCase(), false),
            pictures,
            cancellationToken);

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

        (int pictures, bool isFinished) = await commits.CommitAsync(
            key.Digest(), db => WithdrawSomeAsync(db, key, picture, counted: null), cancellationToken);
        if (!isFinished)
        {
            return await longWithdrawals
                .Begin(key, stopping => WithdrawRestAsync(key, pictures, stopping))
                .WaitAsync(cancellationToken);
        }

        await FollowUpAsync(cancellationToken);
        return pictures;
    }

    private async Task<int> WithdrawRestAsync(CaseKey key, int pictures, CancellationToken cancellationToken)
    {
        bool isFinished = false;
        while (!isFinished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (_, isFinished) = await commits.CommitAsync(
                key.Digest(), db => WithdrawSomeAsync(db, key, null, pictures), cancellationToken);

            // People's withdrawals wait for all of its rows that are in the outbox: no more than one transaction's.
            await sequencer.MergeOrdinaryAsync(cancellationToken);
        }

        await FollowUpAsync(cancellationToken);
        return pictures;
    }

    // Also where nothing was left to withdraw: it may be the retry of a call that ended before it came to this.
    private async Task FollowUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sequencer.MergeOrdinaryAsync(cancellationToken);
        }
        finally
        {
            // Asked for earlier it might be done before the entry is deleted, which would then stay in the files.
            retention.EraseSoon();
        }
    }

    // One transaction's worth. Tells how many pictures there were, unless they are counted already (that reads all of
    // them), and whether none are left.
    private async Task<(int Pictures, bool IsFinished)> WithdrawSomeAsync(
        HashMatchDb db, CaseKey key, int? picture, int? counted)
    {
        Case found = await cases.FindAsync(db, key) ?? throw Refusals.NoSuchCase();
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
        int pictures = counted ?? await held.Select(row => row.Picture).Distinct().CountAsync();
        List<Hash256> leaving = await held
            .OrderBy(row => row.Hash)
            .Select(row => row.Hash)
            .Take(FingerprintsPerWithdrawal + 1)
            .ToListAsync();
        bool isFinished = leaving.Count <= FingerprintsPerWithdrawal;
        if (isFinished)
        {
            await held.ExecuteDeleteAsync();
        }
        else
        {
            leaving.RemoveAt(FingerprintsPerWithdrawal);
            IQueryable<Hash256> first =
                held.OrderBy(row => row.Hash).Select(row => row.Hash).Take(FingerprintsPerWithdrawal);
            await db.Fingerprints
                .Where(row => row.CaseId == found.Id && first.Contains(row.Hash))
                .ExecuteDeleteAsync();
        }

        await cases.ToOutboxAsync(db, leaving, CancellationToken.None);
        if (isFinished && picture is null)
        {
            found.State = CaseState.Withdrawn;
            found.WithdrawnDay = clock.Today();
            await db.SaveChangesAsync();
        }

        return (pictures, isFinished);
    }

    private async Task<List<PictureReceipt>> StoreAsync(
        CaseKey key,
        Func<HashMatchDb, Task<(Case Case, bool IsNew)>> open,
        IReadOnlyList<CasePicture> pictures,
        CancellationToken cancellationToken)
    {
        List<PictureReceipt> receipts = await commits.CommitAsync(
            key.Digest(),
            async db =>
            {
                (Case owner, bool isNew) = await open(db);
                return owner.State == CaseState.Withdrawn
                    ? throw Refusals.CaseWithdrawn()
                    : await StoreAsync(db, owner, isNew, pictures);
            },
            cancellationToken);
        sequencer.MergeSoon();
        return receipts;
    }

    private async Task<List<PictureReceipt>> StoreAsync(
        HashMatchDb db, Case owner, bool isNew, IReadOnlyList<CasePicture> pictures)
    {
        CaseContents contents = isNew
            ? new CaseContents(owner)
            : await CaseContents.ReadAsync(db, owner, pictures.SelectMany(picture => picture.Hashes).ToHashSet());
        List<PictureReceipt> receipts = [.. pictures.Select(contents.Take)];
        if (contents.Added.Count > 0)
        {
            await cases.InsertAsync(db, owner.Id, contents.Added);
            await db.SaveChangesAsync();
        }

        return receipts;
    }
}
