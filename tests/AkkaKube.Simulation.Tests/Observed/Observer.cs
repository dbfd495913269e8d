using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.Simulation.Tests.Observed;

/// <summary>A client that follows all resources by watches and notes what they say.</summary>
internal sealed class Observer : ReceiveActor
{
    private readonly IActorRef _apiServer;
    private readonly UserInfo _user;

    public Observer(IActorRef apiServer, UserInfo user, Observation seen)
    {
        (_apiServer, _user) = (apiServer, user);
        Receive<WatchEvents>(events =>
        {
            var resource = (GroupVersionResource)events.Tag!;
            foreach (var change in events.Events) seen.Take(resource, change);
        });
        Receive<WatchEnded>(ended => seen.Fail((GroupVersionResource)ended.Tag!, $"the watch ended: {ended.Status.Message}"));
        Receive<Failed>(failed => seen.Fail((GroupVersionResource)failed.Tag!, $"the watch was refused: {failed.Status.Message}"));
    }

    public static Props Props(IActorRef apiServer, UserInfo user, Observation seen) => Akka.Actor.Props.Create(() => new Observer(apiServer, user, seen));

    protected override void PreStart()
    {
        foreach (var resource in Observation.Followed)
        {
            _apiServer.Tell(new Watch(resource) { User = _user, Tag = resource, SendInitialEvents = true, AllowBookmarks = true });
        }
    }
}
