using System.Globalization;

namespace AkkaKube.Chaos.Clients;

/// <summary>
/// Somebody at a prompt: changes one object all the time, through another server when kubectl says that it failed. What kubectl said was done must be there in
/// the end, unless something later that it was not sure of came after.
/// </summary>
public sealed class KubectlUser(IReadOnlyList<Kubectl> kubectls)
{
    private const string Name = "kubectl";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _possible = [];

    /// <summary>How often it was done.</summary>
    public int Done { get; private set; }

    /// <summary>How often kubectl failed.</summary>
    public int Failed { get; private set; }

    public async Task Work(CancellationToken stop)
    {
        var at = 0;
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var number = n.ToString(CultureInfo.InvariantCulture);
            try
            {
                await (Done == 0
                    ? kubectls[at % kubectls.Count].Run("create", "configmap", Name, "--from-literal=n=" + number)
                    : kubectls[at % kubectls.Count].Run("patch", "configmap", Name, "--type", "merge", "-p", $$$"""{"data":{"n":"{{{number}}}"}}"""));
                Done++;
                if (_last is not null) _possible.Remove(_last);
                _possible.Add(_last = number);
            }
            catch (NoAnswerException)
            {
                Failed++;
                at++;
                _possible.Add(number);
            }
            await Task.WhenAny(Task.Delay(Pause, stop));
        }
    }

    private string? _last;

    /// <summary>What is not as it was said, through every server.</summary>
    public async Task<IReadOnlyList<string>> Differences()
    {
        var problems = new List<string>();
        foreach (var kubectl in kubectls)
        {
            try
            {
                var found = await kubectl.Run("get", "configmap", Name, "-o", "jsonpath={.data.n}");
                if (!_possible.Contains(found)) problems.Add($"kubectl wrote {_last} last, and {kubectl.Host} shows {found}");
            }
            catch (NoAnswerException failure)
            {
                problems.Add(failure.Message);
            }
        }
        return problems;
    }
}
