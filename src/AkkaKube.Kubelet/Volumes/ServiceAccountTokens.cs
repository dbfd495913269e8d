using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Volumes;

/// <summary>
/// Tokens in the form of those that the API server issues to pods (JWT with the claims of a bound service account token), signed
/// with a key of this process.
/// </summary>
internal sealed class ServiceAccountTokens : IServiceAccountTokens
{
    private const string Issuer = "https://kubernetes.default.svc.cluster.local";
    private readonly byte[] _key = new byte[32];

    /// <summary>An issuer with a key of its own.</summary>
    /// <param name="random">Makes the key.</param>
    public ServiceAccountTokens(Random random) => random.NextBytes(_key);

    public string Issue(Pod pod, string? audience, TimeSpan validFor, DateTimeOffset now)
    {
        var account = pod.Spec.ServiceAccountName ?? "default";
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["alg"] = "HS256", ["typ"] = "JWT" });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["aud"] = new[] { string.IsNullOrEmpty(audience) ? Issuer : audience },
            ["exp"] = (now + validFor).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["iss"] = Issuer,
            ["jti"] = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{pod.Metadata.Uid}/{audience}/{now.Ticks}")).AsSpan(0, 16)).ToString(),
            ["kubernetes.io"] = new Dictionary<string, object>
            {
                ["namespace"] = pod.Metadata.Namespace ?? "",
                ["node"] = new Dictionary<string, string> { ["name"] = pod.Spec.NodeName ?? "" },
                ["pod"] = new Dictionary<string, string> { ["name"] = pod.Metadata.Name ?? "", ["uid"] = pod.Metadata.Uid ?? "" },
                ["serviceaccount"] = new Dictionary<string, string> { ["name"] = account },
            },
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["sub"] = $"system:serviceaccount:{pod.Metadata.Namespace}:{account}",
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)))}";
    }
}
