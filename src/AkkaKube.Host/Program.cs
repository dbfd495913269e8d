using System.CommandLine;
using AkkaKube.Console.Pbm;
using AkkaKube.Host.Launch;
using AkkaKube.Host.Up;

// Its words are the console's business, options and all.
if (args is ["pbm", .. var words]) return await PbmProgram.Run(words).ConfigureAwait(false);

var root = new RootCommand("AkkaKube: Kubernetes as an actor system.");
root.Subcommands.Add(UpCommand.Create());
root.Subcommands.Add(ClusterCommand.Create());
root.Subcommands.Add(new Command("pbm", "Sends commands to the console of a running host; 'pbm --help' says how."));
// A stop takes as long as it takes: the commands see to signals themselves, and are not cut short after two seconds.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
