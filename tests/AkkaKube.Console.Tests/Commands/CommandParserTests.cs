using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Palettes;

namespace AkkaKube.Console.Tests.Commands;

public sealed class CommandParserTests
{
    [Theory]
    [InlineData("cluster show", "cluster show")]
    [InlineData("actor hierarchy /user -d 2", "actor hierarchy")]
    [InlineData("actor hierarchy --depth 2 /user", "actor hierarchy")]
    [InlineData("kube kill scheduler", "kube kill scheduler")]
    [InlineData("kube kill controller replicaset-controller", "kube kill controller")]
    [InlineData("kube pause h2", "kube pause")]
    [InlineData("kube pause etcd pods", "kube pause etcd")]
    [InlineData("kube chaos start --seed 1 --rate 30 --for 60s", "kube chaos start")]
    [InlineData("help", "help")]
    [InlineData("help kube", "help")]
    public void A_command_is_the_longest_name_that_the_words_begin_with(string line, string command)
    {
        var (found, _, fault) = Check(line);
        fault.ShouldBeNull();
        found!.FullName.ShouldBe(command);
    }

    [Fact]
    public void Options_stand_anywhere_under_either_name()
    {
        var (_, values, _) = Check("log tail -l warning --source scheduler");
        values["--level"].ShouldBe("warning");
        values["--source"].ShouldBe("scheduler");
        Check("kube partition --one-way h1 --for 2s h2").Values.ShouldBe(new Dictionary<string, string> { ["A"] = "h1", ["B"] = "h2", ["--one-way"] = "", ["--for"] = "2s" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("kube slow h1", "DELAY is missing")]
    [InlineData("kube slow h1 fast", "DELAY: 'fast' is no duration")]
    [InlineData("kube slow h1 10s h2", "'h2' is one word too many")]
    [InlineData("kube drop h1 120%", "SHARE: '120%' is no share")]
    [InlineData("kube drop h1 5", "SHARE: '5' is no share")]
    [InlineData("log level loud", "LEVEL: 'loud' is none of")]
    [InlineData("log peek -1", "there is no option -1")]
    [InlineData("log peek many", "LINES: 'many' is no whole number")]
    [InlineData("actor stop user", "PATH: 'user' is no path")]
    [InlineData("actor hierarchy -d", "--depth needs DEPTH")]
    [InlineData("actor hierarchy -d 1 --depth 2", "--depth stands twice")]
    [InlineData("kube chaos start --rate 5", "--seed is missing")]
    public void What_is_wrong_with_the_arguments_is_said_with_the_usage(string line, string says)
    {
        var fault = Check(line).Fault.ShouldNotBeNull();
        fault.Code.ShouldBe(FailureCode.Usage);
        fault.Message.ShouldContain(says);
        fault.Message.ShouldContain("Usage: ");
    }

    [Theory]
    [InlineData("cluster shwo", "cluster show")]
    [InlineData("kube kil-node n1", "kube kill-node")]
    [InlineData("claster leader", "cluster leader")]
    [InlineData("kube kill", "kube kill etcd")]
    [InlineData("actor hirarchy", "actor hierarchy")]
    public void An_unknown_command_is_answered_with_the_nearest_names(string line, string nearest)
    {
        var fault = Check(line).Fault.ShouldNotBeNull();
        fault.Nearest.ShouldContain(nearest);
        fault.Message.ShouldContain(nearest);
    }

    [Fact]
    public void Nonsense_is_answered_with_the_palettes()
    {
        Check("qqqqqqqqqqqqqqqqqqqqqqqq").Fault!.Message.ShouldContain("palettes: help, cluster");
        Check("").Fault!.Message.ShouldContain("no command was given");
        Check(new string('x', 100_000)).Fault!.Message.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public void Every_command_is_declared_once_with_help_and_unambiguous_arguments()
    {
        AllCommands.List.Select(c => c.FullName).ShouldBeUnique();
        foreach (var command in AllCommands.List)
        {
            command.Help.ShouldNotBeEmpty();
            command.Arguments.Select(a => a.Name).Concat(command.Options.Select(o => o.Name)).ShouldBeUnique();
            command.Arguments.SkipWhile(a => !a.IsOptional).ShouldAllBe(a => a.IsOptional);
        }
    }

    [Theory]
    [InlineData("200ms", 200)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("0s", 0)]
    public void Durations_are_read_and_written(string word, int milliseconds)
    {
        WordSyntax.TryDuration(word, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        WordSyntax.TryDuration(WordSyntax.Write(duration), out var again).ShouldBeTrue();
        again.ShouldBe(duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1e9s")]
    [InlineData("99999999999999999999999h")]
    [InlineData("25h")]
    public void What_is_no_duration_is_not_read(string word) => WordSyntax.TryDuration(word, out _).ShouldBeFalse();

    private static (ConsoleCommand? Command, IReadOnlyDictionary<string, string> Values, Document.Failure? Fault) Check(string line) =>
        CommandParser.Check(AllCommands.List, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is var (c, v, f) ? (c, v, f) : default;
}
