using System.Text;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Simulation.Tests.Hosts;

namespace AkkaKube.Simulation.Tests.Walks;

/// <summary>
/// A write and a list are on their way to the owner of a shard on another host when the network between the two is cut, at every moment of the
/// exchange, in one direction or both. What is measured is how long they wait for their answers once the cut is over.
/// </summary>
internal static class InFlightAtACut
{
    /// <summary>How the network fails.</summary>
    public enum Cut
    {
        BothWays,
        ToOwner,
        FromOwner,
    }

    private const string Lease = "shard/etcd/configmaps";

    /// <summary>The longest waits after the end of the cut, in seconds.</summary>
    public sealed record Waits(double Write, double List, int Acknowledged);

    public static Waits Walk(SimulatedHosts hosts, Cut cut, double seconds, int moments, double step)
    {
        hosts.Ask<Listed>(0, new List(GroupVersionResource.ConfigMaps) { User = SimulatedHosts.Admin });
        var (longestWrite, longestList, acknowledged) = (0.0, 0.0, 0);
        for (var moment = 0; moment < moments; moment++)
        {
            hosts.Advance(4);
            var owner = hosts.OwnerOf(Lease);
            var other = (owner + 1) % hosts.Count;
            var client = hosts.Sys.ActorOf(Props.Create(() => new Client(hosts.ApiServer(other), $"{cut}-{moment}")), $"client-{cut}-{moment}".ToLowerInvariant());
            var asked = new Client.Seen();
            client.Tell(asked);
            hosts.Advance(moment * step);
            if (cut is not Cut.FromOwner) hosts.Cut(other, owner, bothWays: false);
            if (cut is not Cut.ToOwner) hosts.Cut(owner, other, bothWays: false);
            hosts.Advance(seconds);
            hosts.Heal();
            var healed = hosts.Elapsed;
            for (var waited = 0; waited < 120 && (asked.WriteAt is null || asked.ListAt is null); waited++) hosts.Advance(0.25);
            longestWrite = Math.Max(longestWrite, (asked.WriteAt.ShouldNotBeNull() - healed).TotalSeconds);
            longestList = Math.Max(longestList, (asked.ListAt.ShouldNotBeNull() - healed).TotalSeconds);
            if (asked.Write is Succeeded) acknowledged++;
        }
        return new Waits(longestWrite, longestList, acknowledged);
    }

    /// <summary>Writes and lists once, and notes when it was answered.</summary>
    private sealed class Client : ReceiveActor
    {
        /// <summary>Filled in by the client; the test, in the same thread, looks at it.</summary>
        public sealed class Seen
        {
            public TimeSpan? WriteAt { get; set; }

            public TimeSpan? ListAt { get; set; }

            public ApiReply? Write { get; set; }
        }

        public Client(IActorRef server, string name)
        {
            Seen? seen = null;
            Receive<Seen>(asked =>
            {
                seen = asked;
                var body = $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name.ToLowerInvariant()}}}"}}""";
                server.Tell(new Create(GroupVersionResource.ConfigMaps, ObjectBody.Json(Encoding.UTF8.GetBytes(body))) { User = SimulatedHosts.Admin, Namespace = "default", Tag = "write" });
                server.Tell(new List(GroupVersionResource.ConfigMaps) { User = SimulatedHosts.Admin, Namespace = "default", Tag = "list" });
            });
            Receive<ApiReply>(reply =>
            {
                var now = Context.System.Scheduler.MonotonicClock;
                if (Equals(reply.Tag, "write")) (seen!.WriteAt, seen.Write) = (now, reply);
                else seen!.ListAt = now;
            });
        }
    }
}
