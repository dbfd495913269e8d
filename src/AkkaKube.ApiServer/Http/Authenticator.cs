using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Http;

/// <summary>Says who a client is, by the certificate of its connection: the common name is the user, the organizations are the groups.</summary>
internal sealed class Authenticator(X509Certificate2 authority)
{
    private const string Authenticated = "system:authenticated";

    public static readonly UserInfo Anonymous = new("system:anonymous", ["system:unauthenticated"]);

    // Verified once for each connection: a connection keeps its certificate object.
    private readonly ConditionalWeakTable<X509Certificate2, Verdict> _verdicts = [];

    private sealed record Verdict(UserInfo? User);

    /// <summary>The user; null where the client showed something that proves nothing.</summary>
    public UserInfo? Authenticate(X509Certificate2? certificate, bool hasToken)
    {
        if (certificate is not null && _verdicts.GetValue(certificate, Verify).User is { } user) return user;
        return hasToken || certificate is not null ? null : Anonymous;
    }

    private Verdict Verify(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        if (!chain.Build(certificate)) return new Verdict(null);
        string? name = null;
        var groups = new List<string>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (part.HasMultipleElements) continue;
            switch (part.GetSingleElementType().Value)
            {
                case "2.5.4.3": name = part.GetSingleElementValue(); break;
                case "2.5.4.10" when part.GetSingleElementValue() is { } group: groups.Add(group); break;
            }
        }
        groups.Add(Authenticated);
        return new Verdict(string.IsNullOrEmpty(name) ? null : new UserInfo(name, [.. groups]));
    }
}
