using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.Console.Commands;

/// <summary>A command that first reads from the API server.</summary>
internal abstract class ApiQuestion : CommandActor
{
    protected static readonly UserInfo User = new("system:akkakube-console", ["system:masters"]);

    protected ApiQuestion(Invocation call)
        : base(call) => Receive<Failed>(OnRefused);

    protected virtual void OnRefused(Failed refused) => Fail($"the API server says: {refused.Status.Message}");

    /// <summary>Sends a request; false where this host has no API server, and then the command has ended.</summary>
    protected bool Ask(ApiRequest request)
    {
        if (Call.Services.ApiServer is { } server)
        {
            server.Tell(request);
            return true;
        }

        Fail("this host runs no API server");
        return false;
    }
}
