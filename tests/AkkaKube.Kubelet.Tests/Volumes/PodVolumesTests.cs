using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Environment;
using AkkaKube.Kubelet.Volumes;
using static AkkaKube.Kubelet.Tests.Objects;
using VolumeSource = AkkaKube.Runtime.VolumeSource;

namespace AkkaKube.Kubelet.Tests.Volumes;

public class PodVolumesTests
{
    private static readonly PodPlace Place = new("172.18.0.2", "10.128.0.5", ValueMap<Quantity>.Empty);

    private static readonly ReferencedObjects Objects = new(
        new Dictionary<ObjectKey, ConfigMap>
        {
            [new("default", "cfg")] = new() { Data = ValueMap.Of(("a.txt", "A"), ("b.txt", "B")) },
            [new("default", "kube-root-ca.crt")] = new() { Data = ValueMap.Of(("ca.crt", "CA")) },
        },
        new Dictionary<ObjectKey, Secret> { [new("default", "sec")] = new() { Data = ValueMap.Of(("pw", Bytes.Utf8("hush"))) } });

    private static string Show(Volume volume)
    {
        var pod = Pod(Container());
        pod = pod with { Metadata = pod.Metadata with { Labels = ValueMap.Of(("app", "web"), ("tier", "a\"b")) }, Spec = pod.Spec with { ServiceAccountName = "default" } };
        return PodVolumes.Of(pod, volume, Place, Objects, new ServiceAccountTokens(new Random(1)), T0) switch
        {
            VolumeSource.Files files => string.Join(' ', files.Tree.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}:{Convert.ToString(f.Value.Mode, 8)}={Encoding.UTF8.GetString(f.Value.Content.Span)}")),
            var other => other.GetType().Name,
        };
    }

    [Fact]
    public void A_ConfigMap_is_a_file_for_each_key() => Show(new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "cfg", DefaultMode = 420 } }).ShouldBe("a.txt:644=A b.txt:644=B");

    [Fact]
    public void Items_choose_keys_and_give_them_paths_and_modes() =>
        Show(new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "cfg", DefaultMode = 420, Items = [new KeyToPath { Key = "a.txt", Path = "conf.d/a", Mode = 256 }] } }).ShouldBe("conf.d/a:400=A");

    [Fact]
    public void A_Secret_is_a_file_for_each_key() => Show(new Volume { Name = "v", Secret = new SecretVolumeSource { SecretName = "sec", DefaultMode = 256 } }).ShouldBe("pw:400=hush");

    [Fact]
    public void What_is_missing_is_an_error_that_names_it()
    {
        Should.Throw<ConfigException>(() => Show(new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "none" } })).Message.ShouldBe("configmap \"none\" not found");
        Should.Throw<ConfigException>(() => Show(new Volume { Name = "v", Secret = new SecretVolumeSource { SecretName = "none" } })).Message.ShouldBe("secret \"none\" not found");
        Should.Throw<ConfigException>(() => Show(new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "cfg", Items = [new KeyToPath { Key = "z", Path = "z" }] } }))
            .Message.ShouldBe("references non-existent config key: z");
    }

    [Fact]
    public void An_optional_ConfigMap_that_is_missing_is_an_empty_directory_of_files() =>
        Show(new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "none", Optional = true } }).ShouldBe("");

    [Fact]
    public void The_downward_API_shows_fields_as_files() =>
        Show(new Volume { Name = "v", DownwardAPI = new DownwardAPIVolumeSource { Items = [new DownwardAPIVolumeFile { Path = "labels", FieldRef = new ObjectFieldSelector { FieldPath = "metadata.labels" } }] } })
            .ShouldBe("labels:644=app=\"web\"\ntier=\"a\\\"b\"");

    [Fact]
    public void A_projected_volume_has_a_token_with_the_claims_of_its_pod_beside_the_rest()
    {
        var shown = Show(new Volume
        {
            Name = "kube-api-access-x7k2p",
            Projected = new ProjectedVolumeSource
            {
                DefaultMode = 420,
                Sources =
                [
                    new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { Path = "token", ExpirationSeconds = 3607 } },
                    new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "kube-root-ca.crt", Items = [new KeyToPath { Key = "ca.crt", Path = "ca.crt" }] } },
                    new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "nobody-publishes-this", Items = [new KeyToPath { Key = "a", Path = "a" }] } },
                    new VolumeProjection { DownwardAPI = new DownwardAPIProjection { Items = [new DownwardAPIVolumeFile { Path = "namespace", FieldRef = new ObjectFieldSelector { FieldPath = "metadata.namespace" } }] } },
                ],
            },
        });
        shown.ShouldStartWith("ca.crt:644=CA namespace:644=default token:644=");
        var claims = shown[(shown.LastIndexOf('=') + 1)..].Split('.')[1];
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(claims)).ShouldContain("\"sub\":\"system:serviceaccount:default:default\"");
    }

    [Fact]
    public void Any_other_volume_starts_as_an_empty_directory() => Show(new Volume { Name = "v", EmptyDir = new EmptyDirVolumeSource() }).ShouldBe("Empty");
}
