using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Api.Tests.Values;

public class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("000", "0")]
    [InlineData("1", "1")]
    [InlineData("0.5", "500m")]
    [InlineData("100m", "100m")]
    [InlineData("1000m", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("2.50", "2500m")]
    [InlineData("1000", "1k")]
    [InlineData("100000", "100k")]
    [InlineData("1024", "1024")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("0.5Mi", "512Ki")]
    [InlineData("1e3", "1e3")]
    [InlineData("12e2", "1200")]
    [InlineData("1E", "1E")]
    [InlineData("5n", "5n")]
    [InlineData("0.1n", "1n")]
    [InlineData("-1", "-1")]
    [InlineData("+1", "1")]
    [InlineData("128Mi", "128Mi")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("1e30", "9223372036854775807")]
    public void A_quantity_has_one_canonical_text(string text, string canonical) => Quantity.Parse(text).ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("1.5Zi")]
    [InlineData("1 ")]
    [InlineData("1Gi2x")]
    public void A_text_of_another_form_is_refused(string text) =>
        Should.Throw<FormatException>(() => Quantity.Parse(text)).Message.ShouldStartWith("quantities must match the regular expression");

    [Theory]
    [InlineData("1KK")]
    [InlineData("1mm")]
    [InlineData("1e")]
    public void A_suffix_that_means_nothing_is_refused(string text) =>
        Should.Throw<FormatException>(() => Quantity.Parse(text)).Message.ShouldBe("unable to parse quantity's suffix");

    [Theory]
    [InlineData("1500m", 2, 1500)]
    [InlineData("1Ki", 1024, 1024000)]
    [InlineData("1u", 1, 1)]
    [InlineData("-1500m", -2, -1500)]
    public void Whole_and_milli_values_are_rounded_away_from_zero(string text, long value, long milli)
    {
        Quantity.Parse(text).Value.ShouldBe(value);
        Quantity.Parse(text).MilliValue.ShouldBe(milli);
    }

    [Fact]
    public void Reading_the_canonical_text_gives_the_same_amount() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        ArbMap.Default.ArbFor<bool>(),
        (milli, binary) =>
        {
            var quantity = new Quantity(milli / 1000m, binary ? QuantityFormat.BinarySI : QuantityFormat.DecimalSI);
            var again = Quantity.Parse(quantity.ToString());
            return again == quantity && again.ToString() == quantity.ToString();
        }));

    [Fact]
    public void Addition_and_subtraction_undo_each_other() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        ArbMap.Default.ArbFor<int>(),
        (a, b) => Quantity.FromMilli(a) + Quantity.FromMilli(b) - Quantity.FromMilli(b) == Quantity.FromMilli(a)));
}
