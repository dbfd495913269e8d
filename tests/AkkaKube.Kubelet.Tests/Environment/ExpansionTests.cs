using AkkaKube.Kubelet.Environment;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Kubelet.Tests.Environment;

public class ExpansionTests
{
    [Theory]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(B)z", "x1y2z")]
    [InlineData("$(C)", "$(C)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$$$$(A)", "$$(A)")]
    [InlineData("$A", "$A")]
    [InlineData("$(A", "$(A")]
    [InlineData("$", "$")]
    [InlineData("$()", "$()")]
    [InlineData("a $ b", "a $ b")]
    [InlineData("$(A)$(A)", "11")]
    public void References_are_replaced_and_everything_else_stays(string text, string expanded) =>
        Expansion.Expand(text, name => name switch { "A" => "1", "B" => "2", _ => null }).ShouldBe(expanded);

    [Fact]
    public void A_text_without_a_dollar_is_left_alone() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => text.Get.Contains('$') || Expansion.Expand(text.Get, _ => "?") == text.Get).QuickCheckThrowOnFailure();
}
