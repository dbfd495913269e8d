using System.Globalization;
using System.Net;
using System.Text;
using Akka.Configuration;
using AkkaKube.Host.Data;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Composition;

/// <summary>The settings of a host: the command line over the user's file over reference.conf.</summary>
internal static class HostConfig
{
    /// <summary>The settings of a process that is the whole cluster.</summary>
    /// <exception cref="Refusal">The user's file is missing, not HOCON, or sets what is not a setting: says where.</exception>
    public static Config Load(UpOptions options, string journalPath, string rootCertificate) =>
        Merge(options, BuiltIn("single.conf"), $"akkakube.persistence.sqlite.path = {Quote(journalPath)}\n{RootCertificate(rootCertificate)}");

    /// <summary>The settings of one host of many, as far as the database: what its certificates are kept in.</summary>
    /// <exception cref="Refusal">The user's file is missing, not HOCON, or sets what is not a setting: says where.</exception>
    public static Config LoadHost(UpOptions options, HostIdentity host)
    {
        var line = new StringBuilder();
        switch (host.Database)
        {
            case SharedDatabase.Sqlite file:
                line.Append(CultureInfo.InvariantCulture, $"akkakube.persistence {{ database = sqlite, sqlite.path = {Quote(file.Path)} }}\n");
                break;
            case SharedDatabase.Postgres server:
                line.Append(CultureInfo.InvariantCulture, $"akkakube.persistence {{ database = postgresql, postgresql.connection = {Quote(server.ConnectionString)} }}\n");
                break;
        }

        line.Append(CultureInfo.InvariantCulture, $"akka.cluster.roles = [{Quote("host-" + host.Name)}]\n");
        // Node ports are opened where this host is reached, unless the user's file has another address.
        var ports = ConfigurationFactory.ParseString($"akkakube.network.node-port-host = {Quote(host.Listen.Address.ToString())}");
        return Merge(options, ports.WithFallback(BuiltIn("host.conf")).WithFallback(BuiltIn("single.conf")), line.ToString());
    }

    /// <summary>The rest of the settings of one host of many.</summary>
    public static Config At(this Config config, IPEndPoint listen, string rootCertificate) => ConfigurationFactory.ParseString(
        string.Create(CultureInfo.InvariantCulture, $"akka.remote.dot-netty.tcp {{ hostname = {Quote(listen.Address.ToString())}, port = {listen.Port} }}\nakka.remote.dot-netty.tcp.ssl.certificate.ca = \"\"\"{rootCertificate}\"\"\"\n{RootCertificate(rootCertificate)}")).WithFallback(config);

    /// <summary>hocon/reference.conf as it was built in.</summary>
    public static Config Reference() => BuiltIn("reference.conf");

    private static Config Merge(UpOptions options, Config engine, string commandLine)
    {
        var config = engine.WithFallback(Reference());
        if (options.ConfigFile is { } file)
        {
            if (!File.Exists(file)) throw new Refusal($"the config file {file} does not exist.");
            try
            {
                // An include, so that faults name the file.
                config = ConfigurationFactory.ParseString($"include required(file({Quote(Path.GetFullPath(file))}))").WithFallback(config);
                _ = config.Root;
            }
            catch (ConfigurationException fault)
            {
                throw new Refusal(fault.Message, fault);
            }

            var known = BuiltIn("host.conf").WithFallback(BuiltIn("single.conf")).WithFallback(Reference());
            if (UnknownSettings.In(config, known) is { Count: > 0 } unknown) throw new Refusal(UnknownSettings.Describe(file, unknown, known));
        }

        if (options.Durability is { } durability) commandLine += $"akkakube.persistence.durability = {durability}\n";
        return ConfigurationFactory.ParseString(commandLine).WithFallback(config);
    }

    private static string RootCertificate(string pem) => $"akkakube.controllers.root-ca = \"\"\"{pem}\"\"\"\n";

    private static Config BuiltIn(string name)
    {
        using var stream = typeof(HostConfig).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
