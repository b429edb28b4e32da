using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Cases;

/// <summary>One picture of a request: its distinct hashes that are fit for the list, or why none is.</summary>
public readonly record struct CasePicture(IReadOnlyList<Hash256> Hashes, PictureRefusal Refusal)
{
    /// <summary>Reads a picture from a request.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is not of the form that the proto asks for.</exception>
    public static CasePicture Read(Picture picture)
    {
        if (picture.Fingerprints.Count is 0 or > CaseLimits.FingerprintsPerPicture)
        {
            throw Calls.Refusals.PictureWithoutFingerprints(CaseLimits.FingerprintsPerPicture);
        }

        var hashes = new HashSet<Hash256>();
        PictureRefusal refusal = PictureRefusal.Unspecified;
        foreach (Fingerprint fingerprint in picture.Fingerprints)
        {
            if (fingerprint.Pdq.Length != Hash256.ByteCount)
            {
                throw Calls.Refusals.HashMalformed();
            }

            if (fingerprint.Quality > CaseLimits.MaximumQuality)
            {
                throw Calls.Refusals.QualityMalformed();
            }

            var hash = new Hash256(fingerprint.Pdq.Span);
            if (!HashScreen.LooksLikePdq(hash))
            {
                refusal = PictureRefusal.NotAPicture;
            }
            else if (fingerprint.Quality >= CaseLimits.MinimumQuality)
            {
                hashes.Add(hash);
            }
            else if (refusal == PictureRefusal.Unspecified)
            {
                refusal = PictureRefusal.LowQuality;
            }
        }

        // A part of a picture may be too plain, its sky, say: that is no reason not to look for the rest.
        return new CasePicture([.. hashes], hashes.Count > 0 ? PictureRefusal.Unspecified : refusal);
    }
}
