using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Probes;

/// <summary>The port that a probe or hook means: a number, or the name of one of the container's ports.</summary>
internal static class ContainerPorts
{
    public static int? Resolve(IntOrString port, Container container)
    {
        var text = port.ToString();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number is > 0 and < 65536 ? number : null;
        return container.Ports.FirstOrDefault(p => p.Name == text)?.ContainerPortValue;
    }
}
