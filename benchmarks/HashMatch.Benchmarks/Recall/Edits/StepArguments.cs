using System.Text.Json;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>What stands behind the name of a step in a specification.</summary>
internal sealed class StepArguments
{
    private readonly string _edit;
    private readonly string _step;
    private readonly JsonElement[] _values;

    public StepArguments(string edit, string step, JsonElement[] values)
    {
        _edit = edit;
        _step = step;
        _values = values;
    }

    public int Count => _values.Length;

    /// <summary>A number within bounds.</summary>
    public double Number(int index, double least, double most)
    {
        if (_values[index].ValueKind != JsonValueKind.Number
            || !_values[index].TryGetDouble(out double number)
            || !(number >= least && number <= most))
        {
            throw Refusal($"must be a number from {least} to {most}");
        }

        return number;
    }

    /// <summary>A share of a side: 0 to 0.95.</summary>
    public double Share(int index) => Number(index, 0, 0.95);

    public int Whole(int index, int least, int most)
    {
        double number = Number(index, least, most);
        return number == Math.Floor(number) ? (int)number : throw Refusal("must be a whole number");
    }

    /// <summary>One of several words.</summary>
    public string Word(int index, params ReadOnlySpan<string> words)
    {
        string? word = _values[index].ValueKind == JsonValueKind.String ? _values[index].GetString() : null;
        return word is not null && words.Contains(word)
            ? word
            : throw Refusal($"must be one of {string.Join(", ", words!)}");
    }

    public Colour Colour(int index) =>
        Word(index, "black", "white") == "white" ? Pictures.Colour.White : Pictures.Colour.Black;

    /// <summary>A list of other steps, at least one, that bring no other photo in.</summary>
    public EditStep[] Steps(int index)
    {
        if (_values[index].ValueKind != JsonValueKind.Array || _values[index].GetArrayLength() == 0)
        {
            throw Refusal("must be a list of steps");
        }

        (StepKind Kind, EditStep Step)[] steps =
            [.. _values[index].EnumerateArray().Select(step => StepCatalog.Parse(_edit, step))];
        return steps.Any(step => step.Kind.UsesDonor)
            ? throw Refusal("must be a list of steps without another photo")
            : [.. steps.Select(step => step.Step)];
    }

    private RecallFailure Refusal(string what) =>
        new($"Edit \"{_edit}\", step \"{_step}\": an argument {what}.");
}
