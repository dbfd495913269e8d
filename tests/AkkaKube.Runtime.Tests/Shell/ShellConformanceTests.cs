namespace AkkaKube.Runtime.Tests.Shell;

/// <summary>What a POSIX shell prints and returns. The table was compared with dash, line by line.</summary>
public class ShellConformanceTests
{
    /// <summary>A script, what it prints, and its exit code.</summary>
    public static TheoryData<string, string, int> Scripts => ShellTable.Read("shell-table.txt");

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

    /// <summary>A script with the applets of busybox, both outputs together as busybox printed them, and its exit code.</summary>
    public static TheoryData<string, string, int> AppletScripts => ShellTable.Read("applet-table.txt");

    [Theory]
    [MemberData(nameof(AppletScripts))]
    public void The_applets_print_and_return_what_busybox_does(string script, string expected, int code)
    {
        var machine = new EmulatedMachine();
        var container = machine.Sh(script);
        machine.Crashes.ShouldBeEmpty();
        machine.All.ShouldBe(expected);
        container.State.ShouldBe(ContainerState.Exited);
        container.ExitCode.ShouldBe(code);
    }
}
