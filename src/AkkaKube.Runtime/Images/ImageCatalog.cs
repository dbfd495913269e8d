using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AkkaKube.Runtime;

/// <summary>What the registries of the emulation have: the images that are known, and, for any other name, one that runs until it is stopped.</summary>
internal sealed class ImageCatalog(RuntimeSettings settings)
{
    private static readonly KeyValuePair<string, string> Path = KeyValuePair.Create("PATH", ImageDefinition.DefaultPath);

    /// <summary>By repository, without tag; each with a pattern of its tags, where those that exist can be told from those that do not.</summary>
    private static readonly Dictionary<string, (ImageDefinition Image, string? Tags)> Known = new()
    {
        ["docker.io/library/busybox"] = (new(ImageRoots.BusyBox) { Cmd = ["sh"], Size = 2_224_358 }, @"^(latest|stable|musl|glibc|uclibc|unstable|\d+(\.\d+){0,2})(-\w+)*$"),
        ["registry.k8s.io/e2e-test-images/busybox"] = (new(ImageRoots.BusyBox) { Cmd = ["sh"], Size = 1_374_155 }, null),
        ["docker.io/library/alpine"] = (new(ImageRoots.Alpine) { Cmd = ["/bin/sh"], Size = 3_802_452 }, @"^(latest|edge|3(\.\d+){0,2}|2\d{7})$"),
        ["docker.io/library/debian"] = (new(ImageRoots.Debian) { Cmd = ["bash"], Size = 48_490_000 }, null),
        ["docker.io/library/ubuntu"] = (new(ImageRoots.Debian) { Cmd = ["/bin/bash"], Size = 29_720_000 }, null),
        ["docker.io/library/bash"] = (new(ImageRoots.Debian) { Cmd = ["bash"], Size = 6_500_000 }, null),
        ["docker.io/curlimages/curl"] = (new(ImageRoots.CurlImage) { Cmd = ["curl"], Uid = 100, Size = 9_600_000 }, null),
        ["docker.io/library/nginx"] = (new(ImageRoots.Nginx) { Entrypoint = ["/docker-entrypoint.sh"], Cmd = ["nginx", "-g", "daemon off;"], Env = [Path, KeyValuePair.Create("NGINX_VERSION", "1.29.1")], StopSignal = Signal.Quit, Size = 72_324_501 }, @"^(latest|stable|mainline|alpine|perl|otel|bookworm|1(\.\d{1,2}){0,2})(-[a-z]\w*(\.\d+)*)*$"),
        ["docker.io/library/httpd"] = (new(ImageRoots.Httpd) { Cmd = ["httpd-foreground"], Env = [KeyValuePair.Create("PATH", "/usr/local/apache2/bin:" + ImageDefinition.DefaultPath)], WorkingDir = "/usr/local/apache2", StopSignal = Signal.Winch, Size = 58_680_000 }, @"^(latest|alpine|bookworm|trixie|2(\.\d+){0,2})(-[a-z]\w*(\.\d+)*)*$"),
        ["registry.k8s.io/e2e-test-images/agnhost"] = (new(ImageRoots.Agnhost) { Entrypoint = ["/agnhost"], Cmd = ["pause"], Size = 53_800_000 }, null),
        ["registry.k8s.io/pause"] = (new(ImageRoots.Only("/pause", Programs.Daemons.Anything)) { Entrypoint = ["/pause"], Uid = 65535, Gid = 65535, Size = 321_520 }, null),
        ["docker.io/library/hello-world"] = (new(ImageRoots.Only("/hello", Programs.Daemons.HelloWorld)) { Cmd = ["/hello"], Size = 10_072 }, null),
        ["docker.io/hashicorp/http-echo"] = (new(ImageRoots.Only("/http-echo", Programs.Daemons.HttpEcho)) { Entrypoint = ["/http-echo"], Uid = 65532, Size = 2_900_000 }, null),
        ["us-docker.pkg.dev/google-samples/containers/gke/hello-app"] = (new(ImageRoots.Only("/hello-app", Programs.Daemons.HelloApp)) { Entrypoint = ["/hello-app"], Size = 13_000_000 }, null),
        ["gcr.io/google-samples/hello-app"] = (new(ImageRoots.Only("/hello-app", Programs.Daemons.HelloApp)) { Entrypoint = ["/hello-app"], Size = 13_000_000 }, null),
        ["docker.io/traefik/whoami"] = (new(ImageRoots.Only("/whoami", Programs.Daemons.WhoAmI)) { Entrypoint = ["/whoami"], Size = 2_800_000 }, null),
        ["docker.io/polinux/stress"] = (new(ImageRoots.DebianWith("/usr/bin/stress", Programs.Daemons.Stress)) { Cmd = ["stress"], Size = 4_041_495 }, null),
        ["docker.io/library/redis"] = Server("redis-server", 6379, 45_000_000),
        ["docker.io/library/memcached"] = Server("memcached", 11211, 32_000_000),
        ["docker.io/library/postgres"] = Server("postgres", 5432, 155_000_000),
        ["docker.io/library/mysql"] = Server("mysqld", 3306, 230_000_000),
        ["docker.io/library/mariadb"] = Server("mariadbd", 3306, 120_000_000),
        ["docker.io/library/mongo"] = Server("mongod", 27017, 270_000_000),
    };

    /// <summary>What a registry answers to a pull.</summary>
    /// <param name="Image">The image; null if there is none.</param>
    /// <param name="Failure">Then: why.</param>
    /// <param name="Delay">How long the pull takes; null: as any other.</param>
    internal sealed record Answer(ImageDefinition? Image, ContainerRuntime.Failed? Failure, Distribution? Delay);

    /// <summary>Asks for an image as a pod names it.</summary>
    public Answer Find(string name, ImageReference reference)
    {
        var special = settings.Images.GetValueOrDefault(name) ?? settings.Images.GetValueOrDefault(reference.ToString()) ?? settings.Images.GetValueOrDefault(reference.Repository);
        var fails = $"failed to pull and unpack image \"{reference}\": ";
        var missing = new ContainerRuntime.Failed(ContainerRuntime.FailureCode.NotFound, $"{fails}failed to resolve image: {reference}: not found", null);
        switch (special?.Pull)
        {
            case "fails" or "unreachable":
                return new Answer(null, new ContainerRuntime.Failed(ContainerRuntime.FailureCode.Unknown, $"{fails}failed to resolve image: failed to do request: Head \"https://{reference.Registry}/v2/{reference.Path}/manifests/{reference.Tag ?? reference.Digest}\": dial tcp: lookup {reference.Registry}: no such host", null), null);
            case "denied":
                return new Answer(null, new ContainerRuntime.Failed(ContainerRuntime.FailureCode.Unknown, $"{fails}failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed", null), null);
            case "missing":
                return new Answer(null, missing, null);
        }

        var known = Known.TryGetValue(reference.Repository, out var entry);
        if (special?.Like is { } like && ImageReference.Parse(like, out _) is { } model && Known.TryGetValue(model.Repository, out var modelEntry)) entry = modelEntry;
        else if (known && entry.Tags is not null && reference.Tag is not null && !Regex.IsMatch(reference.Tag, entry.Tags)) return new Answer(null, missing, null);
        if (special is null && settings.MissingImages.Any(p => Shell.Pattern.Matches(p, name))) return new Answer(null, missing, null);
        var image = entry.Image ?? Unknown(reference);
        if (special?.Size is { } size) image = image with { Size = size };
        return new Answer(image, null, special?.Pull is { } pull ? Distribution.Parse(pull) : null);
    }

    /// <summary>An image that nobody has described: it runs until it is stopped.</summary>
    public static ImageDefinition Unknown(ImageReference reference) => new(ImageRoots.Debian) { Cmd = ["/app"], RunsAnything = Programs.Daemons.Anything, Size = SizeOf(reference) };

    /// <summary>The image as the node lists it: digests and size follow from the name.</summary>
    public static ImageInfo InfoOf(ImageReference reference, ImageDefinition image)
    {
        var manifest = reference.Digest ?? "sha256:" + Hash("manifest " + reference);
        return new ImageInfo("sha256:" + Hash("config " + reference.Repository + manifest), reference.Tag is null ? [] : [$"{reference.Repository}:{reference.Tag}"], [$"{reference.Repository}@{manifest}"], image.Size) { Uid = image.Uid };
    }

    private static (ImageDefinition Image, string? Tags) Server(string name, int port, long size) =>
        (new(ImageRoots.DebianWith("/usr/local/bin/" + name, Programs.Daemons.Listening(port))) { Cmd = [name], Size = size }, null);

    private static long SizeOf(ImageReference reference) => 5_000_000 + (BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(reference.Repository))) % 150_000_000);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
