namespace AkkaKube.Api;

/// <summary>How a quantity is written.</summary>
public enum QuantityFormat : byte
{
    /// <summary>Powers of ten: n u m k M G T P E.</summary>
    DecimalSI,

    /// <summary>Powers of 1024: Ki Mi Gi Ti Pi Ei.</summary>
    BinarySI,

    /// <summary>e3, e6, ...</summary>
    DecimalExponent,
}

/// <summary>
/// An amount of a resource, e.g. <c>250m</c> or <c>1Gi</c>: an exact number between -2^63 and 2^63 with at most nine digits behind the point,
/// and the way it is written. Two quantities are equal when their amounts are. <c>default</c> is 0.
/// </summary>
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    /// <summary>An amount, written in <paramref name="format"/>.</summary>
    public Quantity(decimal amount, QuantityFormat format = QuantityFormat.DecimalSI)
    {
        Amount = amount;
        Format = format;
    }

    /// <summary>Nothing.</summary>
    public static Quantity Zero => default;

    /// <summary>The exact amount.</summary>
    public decimal Amount { get; }

    /// <summary>How it is written.</summary>
    public QuantityFormat Format { get; }

    /// <summary>The amount as a whole number, rounded up (away from zero).</summary>
    public long Value => Whole(Amount);

    /// <summary>The amount in thousandths, rounded up (away from zero).</summary>
    public long MilliValue => Whole(Amount * 1000m);

    /// <summary>Nothing.</summary>
    public bool IsZero => Amount == 0;

    /// <summary>So many thousandths.</summary>
    public static Quantity FromMilli(long thousandths) => new(thousandths / 1000m);

    /// <summary>So many, written in <paramref name="format"/>.</summary>
    public static Quantity FromValue(long value, QuantityFormat format = QuantityFormat.DecimalSI) => new(value, format);

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message is Kubernetes' own.</exception>
    public static Quantity Parse(string text) => QuantityText.Parse(text, out var error) is { } quantity ? quantity : throw new FormatException(error);

    /// <summary>Reads the text form; false where it is none.</summary>
    public static bool TryParse(string text, out Quantity quantity)
    {
        var parsed = QuantityText.Parse(text, out _);
        quantity = parsed ?? default;
        return parsed is not null;
    }

    /// <inheritdoc/>
    public bool Equals(Quantity other) => Amount == other.Amount;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Amount.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Amount.CompareTo(other.Amount);

    /// <summary>The canonical text: no fraction, the largest suffix that is exact.</summary>
    public override string ToString() => QuantityText.Format(this);

    /// <summary>The sum, written as the left one (as the right one where the left is 0).</summary>
    public static Quantity operator +(Quantity left, Quantity right) => new(left.Amount + right.Amount, left.IsZero ? right.Format : left.Format);

    /// <summary>The difference, written as the left one (as the right one where the left is 0).</summary>
    public static Quantity operator -(Quantity left, Quantity right) => new(left.Amount - right.Amount, left.IsZero ? right.Format : left.Format);

    /// <summary>The negative amount.</summary>
    public static Quantity operator -(Quantity quantity) => new(-quantity.Amount, quantity.Format);

    /// <summary>So many times as much.</summary>
    public static Quantity operator *(Quantity quantity, long times) => new(quantity.Amount * times, quantity.Format);

    /// <summary>Compares the amounts.</summary>
    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    /// <summary>Compares the amounts.</summary>
    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    /// <summary>Compares the amounts.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Amount < right.Amount;

    /// <summary>Compares the amounts.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Amount > right.Amount;

    /// <summary>Compares the amounts.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Amount <= right.Amount;

    /// <summary>Compares the amounts.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Amount >= right.Amount;

    private static long Whole(decimal amount)
    {
        var rounded = amount < 0 ? decimal.Floor(amount) : decimal.Ceiling(amount);
        return rounded >= long.MaxValue ? long.MaxValue : rounded <= long.MinValue ? long.MinValue : (long)rounded;
    }
}
