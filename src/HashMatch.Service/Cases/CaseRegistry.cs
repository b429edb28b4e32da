using Grpc.Core;
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
            db => ageGroup is AgeGroup.Under18 or AgeGroup.Adult
                ? OpenOrStoreAsync(db, key, ageGroup, pictures)
                : StoreIfThereAsync(db, key, pictures, Refusals.AgeGroupMissing),
            cancellationToken);

    /// <summary>Adds pictures to a case that exists.</summary>
    public Task<List<PictureReceipt>> AddAsync(
        CaseKey key, IReadOnlyList<CasePicture> pictures, CancellationToken cancellationToken) =>
        StoreAsync(
            key, db => StoreIfThereAsync(db, key, pictures, Refusals.NoSuchCase), cancellationToken);

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
        Func<HashMatchDb, Task<List<PictureReceipt>>> store,
        CancellationToken cancellationToken)
    {
        List<PictureReceipt> receipts = await commits.CommitAsync(key.Digest(), store, cancellationToken);
        sequencer.MergeSoon();
        return receipts;
    }

    // Nearly every registration is of a new case, which is written as it will be and needs no reading.
    private async Task<List<PictureReceipt>> OpenOrStoreAsync(
        HashMatchDb db, CaseKey key, AgeGroup ageGroup, IReadOnlyList<CasePicture> pictures)
    {
        while (true)
        {
            Case opened = cases.Open(key, ageGroup);
            var contents = new CaseContents(opened);
            List<PictureReceipt> receipts = [.. pictures.Select(contents.Take)];
            if (await cases.TryAddAsync(db, opened))
            {
                await cases.InsertAsync(db, opened.Id, contents.Added);
                return receipts;
            }

            // Or it was forgotten in that moment.
            if (await cases.FindAsync(db, key) is Case known)
            {
                return await StoreAsync(db, known, pictures);
            }
        }
    }

    private async Task<List<PictureReceipt>> StoreIfThereAsync(
        HashMatchDb db, CaseKey key, IReadOnlyList<CasePicture> pictures, Func<RpcException> refusal) =>
        await StoreAsync(db, await cases.FindAsync(db, key) ?? throw refusal(), pictures);

    private async Task<List<PictureReceipt>> StoreAsync(
        HashMatchDb db, Case owner, IReadOnlyList<CasePicture> pictures)
    {
        if (owner.State == CaseState.Withdrawn)
        {
            throw Refusals.CaseWithdrawn();
        }

        CaseContents contents =
            await CaseContents.ReadAsync(db, owner, pictures.SelectMany(picture => picture.Hashes).ToHashSet());
        List<PictureReceipt> receipts = [.. pictures.Select(contents.Take)];
        if (contents.Added.Count > 0)
        {
            await cases.InsertAsync(db, owner.Id, contents.Added);
            await db.SaveChangesAsync();
        }

        return receipts;
    }
}
