using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Events;

namespace AkkaKube.Client.Tests.Events;

public sealed class EventCorrelatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly EventCorrelator _correlator = new();

    [Fact]
    public void A_new_event_passes_as_it_is()
    {
        var e = NewEvent("Scaled up");
        _correlator.Correlate(e, Now).ShouldBe(e);
    }

    [Fact]
    public void The_same_event_again_counts_up_the_first_one()
    {
        var first = _correlator.Correlate(NewEvent("Pulled"), Now)!;
        var second = _correlator.Correlate(NewEvent("Pulled", Now.AddSeconds(9)), Now.AddSeconds(9))!;
        (second.Metadata.Name, second.Count, second.FirstTimestamp, second.LastTimestamp).ShouldBe((first.Metadata.Name, 2, Now, Now.AddSeconds(9)));
    }

    [Fact]
    public void The_tenth_message_of_a_kind_becomes_a_combined_event_and_the_next_one_counts_it_up()
    {
        for (var i = 1; i < 10; i++) _correlator.Correlate(NewEvent($"message {i}"), Now)!.Message.ShouldBe($"message {i}");
        var combined = _correlator.Correlate(NewEvent("message 10"), Now)!;
        combined.Message.ShouldBe("(combined from similar events): message 10");
        var next = _correlator.Correlate(NewEvent("message 11"), Now)!;
        (next.Metadata.Name, next.Count, next.Message).ShouldBe((combined.Metadata.Name, 2, "(combined from similar events): message 11"));
    }

    [Fact]
    public void After_ten_minutes_of_silence_messages_stand_alone_again()
    {
        for (var i = 0; i < 12; i++) _correlator.Correlate(NewEvent($"message {i}"), Now);
        _correlator.Correlate(NewEvent("late"), Now.AddMinutes(11))!.Message.ShouldBe("late");
    }

    [Fact]
    public void About_one_object_a_source_reports_25_at_once_and_then_one_in_five_minutes()
    {
        for (var i = 0; i < 25; i++) _correlator.Correlate(NewEvent($"message {i % 3}"), Now).ShouldNotBeNull();
        _correlator.Correlate(NewEvent("message 0"), Now).ShouldBeNull();
        _correlator.Correlate(NewEvent("message 0", name: "other"), Now).ShouldNotBeNull();
        _correlator.Correlate(NewEvent("message 0"), Now.AddMinutes(5)).ShouldNotBeNull();
    }

    [Fact]
    public void Names_are_the_time_in_hexadecimal_and_never_the_same()
    {
        var name = _correlator.NewName("web", Now);
        name.ShouldBe("web." + ((Now - DateTimeOffset.UnixEpoch).Ticks * 100).ToString("x"));
        _correlator.NewName("web", Now).ShouldNotBe(name);
    }

    private Event NewEvent(string message, DateTimeOffset? at = null, string name = "w") => new()
    {
        Metadata = new ObjectMeta { Name = _correlator.NewName(name, at ?? Now), Namespace = "default" },
        InvolvedObject = new ObjectReference { Kind = "Deployment", Name = name, Namespace = "default", Uid = "u-" + name },
        Source = new EventSource { Component = "deployment-controller" },
        Type = "Normal",
        Reason = "ScalingReplicaSet",
        Message = message,
        Count = 1,
        FirstTimestamp = at ?? Now,
        LastTimestamp = at ?? Now,
    };
}
