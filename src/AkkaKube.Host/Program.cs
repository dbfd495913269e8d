using System.CommandLine;
using AkkaKube.Host.Launch;
using AkkaKube.Host.Up;

var root = new RootCommand("AkkaKube: Kubernetes as an actor system.");
root.Subcommands.Add(UpCommand.Create());
root.Subcommands.Add(ClusterCommand.Create());
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
