using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The section <c>akka.test</c>.</summary>
public class TestKitSettings : IExtension
{
    /// <summary>Reads the section.</summary>
    public TestKitSettings(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<TestKitSettings>("akka.test");
        DefaultTimeout = config.GetTimeSpan("default-timeout", allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("single-expect-default", allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("filter-leeway", allowInfinite: false);
        TestTimeFactor = config.GetDouble("timefactor");
        LogTestKitCalls = config.GetBoolean("testkit.debug");
        if (TestTimeFactor <= 0) throw new ConfigurationException("akka.test.timefactor must be positive");
    }

    /// <summary>How long an Ask of a test waits.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long an expectation waits outside of <c>Within</c>.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long an event filter waits after its block.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>By what the times of a test are multiplied on this machine.</summary>
    public double TestTimeFactor { get; }

    /// <summary>Whether the test kit logs what it does.</summary>
    public bool LogTestKitCalls { get; }
}

/// <summary>Gives an actor system its <see cref="TestKitSettings"/>.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    /// <summary>The settings of a system.</summary>
    public static TestKitSettings For(ActorSystem system) => system.GetExtension<TestKitSettings>();

    /// <inheritdoc />
    public override TestKitSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config.GetConfig("akka.test"));
}
