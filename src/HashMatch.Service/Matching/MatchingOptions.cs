using System.ComponentModel.DataAnnotations;
using HashMatch.Matching;

namespace HashMatch.Service.Matching;

/// <summary>What platforms may ask for: the configuration section <c>Matching</c>.</summary>
public sealed class MatchingOptions
{
    /// <summary>PDQ's usual distance, asked for when a request says none.</summary>
    public const int UsualDistance = 31;

    /// <summary>At least as far as looking up the views of a picture goes, with whatever tiers.</summary>
    public const int ViewDistance = 64;

    /// <summary>The greatest distance that a request may ask for; a large one gives away the list.</summary>
    [Range(0, Hash256.BitCount)]
    public int MaxDistance { get; set; } = ViewDistance;
}
