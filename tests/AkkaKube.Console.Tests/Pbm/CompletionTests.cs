using AkkaKube.Console.Commands;
using AkkaKube.Console.Palettes;
using AkkaKube.Console.Pbm.Editing;
using AkkaKube.Console.Port;

namespace AkkaKube.Console.Tests.Pbm;

public sealed class CompletionTests
{
    private static readonly IReadOnlyList<CommandShape> Commands = CommandShape.Read(DeclarationJson.Write(AllCommands.List));

    [Theory]
    [InlineData("", "actor cluster cluster-sharding help kube log")]
    [InlineData("cl", "cluster cluster-sharding")]
    [InlineData("cluster d", "down down-unreachable")]
    [InlineData("kube kill ", "apiserver controller etcd kube-proxy kubelet scheduler")]
    [InlineData("kube chaos ", "report start stop")]
    [InlineData("log tail -", "--level --source")]
    [InlineData("log tail -l warning -", "--source")]
    [InlineData("log tail -l w", "warning")]
    [InlineData("log level ", "debug error info warning")]
    [InlineData("help k", "kube")]
    [InlineData("nonsense ", "")]
    public void Words_of_commands_are_known(string line, string words) => string.Join(' ', Completion.At(Commands, line, line.Length).Known).ShouldBe(words);

    [Theory]
    [InlineData("kube kill-node ", ArgumentKind.Node)]
    [InlineData("kube kill controller rep", ArgumentKind.Controller)]
    [InlineData("kube kill etcd ", ArgumentKind.Shard)]
    [InlineData("kube partition h1 ", ArgumentKind.Peer)]
    [InlineData("kube partition --one-way ", ArgumentKind.Host)]
    [InlineData("kube partition --for 2s h1 ", ArgumentKind.Peer)]
    [InlineData("kube slow ", ArgumentKind.Peer)]
    [InlineData("kube slow h1 ", null)]
    [InlineData("cluster down ", ArgumentKind.Member)]
    [InlineData("cluster-sharding region-stats ", ArgumentKind.EntityType)]
    [InlineData("kube kill-node node-1 ", null)]
    public void The_kind_of_a_word_says_which_names_to_ask_for(string line, ArgumentKind? kind) => Completion.At(Commands, line, line.Length).Kind.ShouldBe(kind);

    [Fact]
    public void Names_are_offered_where_they_fit()
    {
        var completion = Completion.At(Commands, "kube pause h", 12);
        completion.Start.ShouldBe(11);
        completion.With(["h1", "h2", "other"]).ShouldBe(["h1", "h2"]);
    }

    [Fact]
    public void A_word_in_the_middle_is_completed_up_to_the_cursor() => Completion.At(Commands, "kube no x", 7).Known.ShouldBe(["nodes"]);
}
