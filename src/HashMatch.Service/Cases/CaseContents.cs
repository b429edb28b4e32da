using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Cases;

/// <summary>What a case holds, as far as a request needs to know, and what the request adds to it.</summary>
internal sealed class CaseContents(Case owner)
{
    private Dictionary<Hash256, int> _held = [];
    private Dictionary<int, int> _sizes = [];
    private int _room = CaseLimits.PicturesPerCase;

    /// <summary>The fingerprints that were taken and that the case did not hold.</summary>
    public List<(Hash256 Hash, int Picture)> Added { get; } = [];

    /// <summary>Reads what a case holds of some hashes.</summary>
    public static async Task<CaseContents> ReadAsync(HashMatchDb db, Case owner, HashSet<Hash256> hashes)
    {
        IQueryable<CaseFingerprint> rows = db.Fingerprints.Where(row => row.CaseId == owner.Id);
        Dictionary<Hash256, int> held = await rows
            .Where(row => hashes.Contains(row.Hash))
            .ToDictionaryAsync(row => row.Hash, row => row.Picture);
        return new CaseContents(owner)
        {
            _held = held,
            _room = CaseLimits.PicturesPerCase - await rows.Select(row => row.Picture).Distinct().CountAsync(),
            _sizes = await rows
                .Where(row => held.Values.Contains(row.Picture))
                .GroupBy(row => row.Picture)
                .ToDictionaryAsync(group => group.Key, group => group.Count()),
        };
    }

    /// <summary>Takes a picture in, or tells why not.</summary>
    public PictureReceipt Take(CasePicture picture)
    {
        if (picture.Refusal != PictureRefusal.Unspecified)
        {
            return new PictureReceipt { Refusal = picture.Refusal };
        }

        int number = NumberOf(picture);
        if (number == 0)
        {
            if (_room <= 0)
            {
                return new PictureReceipt { Refusal = PictureRefusal.CaseFull };
            }

            _room--;
            number = owner.NextPicture++;
        }

        // Without a limit here one picture could grow for ever, view by view, and with it what each call reads.
        int size = SizeWith(picture, number);
        if (size > CaseLimits.FingerprintsPerPicture)
        {
            return new PictureReceipt { Refusal = PictureRefusal.TooManyFingerprints };
        }

        _sizes[number] = size;
        foreach (Hash256 hash in picture.Hashes)
        {
            if (_held.TryAdd(hash, number))
            {
                Added.Add((hash, number));
            }
        }

        return new PictureReceipt { Number = (uint)number };
    }

    // A picture is known by any of its hashes, so that a retry with more views adds to it. Copies of one photo often
    // have some view to the bit alike; one for which there is no room is a picture of its own then. But not if its
    // first hash is held: then a retry would be told another number.
    private int NumberOf(CasePicture picture)
    {
        foreach (Hash256 hash in picture.Hashes)
        {
            int number = _held.GetValueOrDefault(hash);
            if (number > 0
                && (hash == picture.Hashes[0] || SizeWith(picture, number) <= CaseLimits.FingerprintsPerPicture))
            {
                return number;
            }
        }

        return 0;
    }

    private int SizeWith(CasePicture picture, int number) =>
        _sizes.GetValueOrDefault(number) + picture.Hashes.Count(hash => !_held.ContainsKey(hash));
}
