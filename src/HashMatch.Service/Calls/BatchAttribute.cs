namespace HashMatch.Service.Calls;

/// <summary>Marks a unary method whose request or work holds many items, for which it gets more time.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BatchAttribute : Attribute;
