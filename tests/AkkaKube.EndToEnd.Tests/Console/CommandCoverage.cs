using System.Reflection;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>A command that no test drives on three hosts is a fault.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class CommandCoverage(ConsoleHosts shared)
{
    [Fact]
    public async Task Every_command_and_every_option_of_it_is_driven_on_three_hosts()
    {
        var driven = typeof(CommandCoverage).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<CollectionAttribute>() is not null)
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetCustomAttribute<DrivesAttribute>()?.Commands ?? []).ToHashSet();
        var declared = await shared.Declared();
        declared.Where(form => !driven.Contains(form)).ShouldBeEmpty();
        driven.Where(form => !declared.Contains(form)).ShouldBeEmpty();
    }
}
