namespace HashMatch.Tests.Hashing;

public enum SyntheticKind
{
    Noise,
    Constant,
    Gradient,
    Checker,
    Scene,
}
