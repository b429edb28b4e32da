using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Makes another picture of a picture, which it leaves as it is.</summary>
internal delegate Picture EditStep(Picture picture, EditContext context);
