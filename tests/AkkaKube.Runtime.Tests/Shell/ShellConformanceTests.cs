namespace AkkaKube.Runtime.Tests.Shell;

/// <summary>What a POSIX shell prints and returns. The table was compared with dash, line by line.</summary>
public class ShellConformanceTests
{
    /// <summary>A script, what it prints, and its exit code.</summary>
    public static TheoryData<string, string, int> Scripts => ShellTable.Read();

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_prints_and_returns_what_posix_says(string script, string expected, int code)
    {
        var machine = new EmulatedMachine();
        var container = machine.Sh(script);
        machine.Crashes.ShouldBeEmpty();
        machine.Output.ShouldBe(expected, $"stderr: {machine.Errors}");
        container.State.ShouldBe(ContainerState.Exited);
        container.ExitCode.ShouldBe(code, $"stderr: {machine.Errors}");
    }
}
