using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Configuration;

namespace AkkaKube.Benchmarks.Remote;

/// <summary>One of the two processes that talk: a system with mutual TLS, and in the second process the actors that answer.</summary>
internal static class RemoteSystem
{
    public const string Command = "--remote-echo";

    /// <summary>The second process: prints its address and answers until its input ends.</summary>
    public static async Task<int> Run(string folder)
    {
        var system = Start(Settings(folder));
        for (var i = 0; i < 4; i++) system.ActorOf(Props.Create(() => new Echo()), $"echo-{i}");
        Console.WriteLine(((ExtendedActorSystem)system).Provider.DefaultAddress);
        await Console.In.ReadToEndAsync();
        await system.Terminate();
        return 0;
    }

    public static ActorSystem Start(Config settings) => ActorSystem.Create("bench", settings);

    public static Config WriteCertificates(string folder)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=bench", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var host = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "host.pem"), host.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "host.key"), key.ExportPkcs8PrivateKeyPem());
        return Settings(folder);
    }

    private static Config Settings(string folder) => ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = WARNING
          actor.provider = remote
          remote.dot-netty.tcp {
            hostname = "127.0.0.1"
            port = 0
            enable-ssl = on
            ssl.certificate { path = "{{folder}}/host.pem", key-path = "{{folder}}/host.key", ca-path = "{{folder}}/ca.pem" }
          }
        }
        """);

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message, Self));
    }
}
