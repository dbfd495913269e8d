using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Tests.Validation;

public class VolumeValidationTests
{
    [Fact]
    public void A_volume_has_a_unique_name_and_one_source()
    {
        var data = new Volume { Name = "data", EmptyDir = new EmptyDirVolumeSource() };
        Of(data).ShouldBeEmpty();
        Of(data with { Name = "" }).ShouldBe(["spec.volumes[0].name: Required value"]);
        Of(data, data).ShouldBe(["spec.volumes[1].name: Duplicate value: \"data\""]);
        Of(new Volume { Name = "data" }).ShouldBe(["spec.volumes[0]: Required value: must specify a volume type"]);
        Of(data with { HostPath = new HostPathVolumeSource { Path = "/var", Type = "" } }).ShouldBe(["spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"]);
    }

    [Fact]
    public void An_empty_directory_is_not_smaller_than_empty() =>
        Of(new Volume { Name = "v", EmptyDir = new EmptyDirVolumeSource { SizeLimit = Quantity.Parse("-1") } })
            .ShouldBe(["spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity"]);

    [Fact]
    public void A_host_path_is_a_path_of_a_known_type()
    {
        Of(new Volume { Name = "v", HostPath = new HostPathVolumeSource { Path = "", Type = "" } }).ShouldBe(["spec.volumes[0].hostPath.path: Required value"]);
        Of(new Volume { Name = "v", HostPath = new HostPathVolumeSource { Path = "/a/../b", Type = "" } }).ShouldBe(["spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'"]);
        Of(new Volume { Name = "v", HostPath = new HostPathVolumeSource { Path = "/a", Type = "Pipe" } }).Single().ShouldStartWith("spec.volumes[0].hostPath.type: Unsupported value: \"Pipe\": supported values: \"\", \"BlockDevice\"");
    }

    [Fact]
    public void Files_of_a_secret_have_a_key_a_path_and_a_mode()
    {
        Of(new Volume { Name = "v", Secret = new SecretVolumeSource { DefaultMode = 420 } }).ShouldBe(["spec.volumes[0].secret.secretName: Required value"]);
        Of(new Volume { Name = "v", Secret = new SecretVolumeSource { SecretName = "s", DefaultMode = 512 } })
            .ShouldBe(["spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive"]);
        Of(new Volume { Name = "v", Secret = new SecretVolumeSource { SecretName = "s", DefaultMode = 420, Items = [new KeyToPath { Path = "/a" }] } })
            .ShouldBe(["spec.volumes[0].secret.items[0].key: Required value", "spec.volumes[0].secret.items[0].path: Invalid value: \"/a\": must be a relative path"]);
        Of(new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "c", DefaultMode = 420, Items = [new KeyToPath { Key = "k", Path = "..data" }] } })
            .ShouldBe(["spec.volumes[0].configMap.items[0].path: Invalid value: \"..data\": must not start with '..'"]);
    }

    [Fact]
    public void A_file_of_the_downward_api_shows_a_field_or_a_resource()
    {
        var field = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.labels" };
        Of(Downward(new DownwardAPIVolumeFile { Path = "labels", FieldRef = field })).ShouldBeEmpty();
        Of(Downward(new DownwardAPIVolumeFile { Path = "labels" })).ShouldBe(["spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required"]);
        Of(Downward(new DownwardAPIVolumeFile { Path = "x", ResourceFieldRef = new ResourceFieldSelector { Resource = "limits.cpu" } }))
            .ShouldBe(["spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value"]);

        static Volume Downward(DownwardAPIVolumeFile file) => new() { Name = "v", DownwardAPI = new DownwardAPIVolumeSource { DefaultMode = 420, Items = [file] } };
    }

    [Fact]
    public void Projected_files_do_not_hide_each_other_and_tokens_live_ten_minutes()
    {
        var token = new ServiceAccountTokenProjection { Path = "token", ExpirationSeconds = 3600 };
        Of(Projected(new VolumeProjection { ServiceAccountToken = token })).ShouldBeEmpty();
        Of(Projected(new VolumeProjection { ServiceAccountToken = token with { ExpirationSeconds = 60 } })).ShouldBe(
            ["spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes"]);
        Of(Projected(new VolumeProjection { ServiceAccountToken = token with { Path = "" } }))
            .ShouldBe(["spec.volumes[0].projected.path: Required value"]);

        static Volume Projected(params VolumeProjection[] sources) => new() { Name = "v", Projected = new ProjectedVolumeSource { DefaultMode = 420, Sources = sources } };
    }

    [Fact]
    public void A_claim_of_the_pod_itself_wants_storage()
    {
        Of(Claim(new PersistentVolumeClaimSpec
        {
            AccessModes = ["ReadWriteOnce"],
            VolumeMode = "Filesystem",
            Resources = new VolumeResourceRequirements { Requests = ValueMap.Of(("storage", Quantity.Parse("1Gi"))) },
        })).ShouldBeEmpty();
        Of(Claim(new PersistentVolumeClaimSpec { VolumeMode = "Filesystem" })).ShouldBe([
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required",
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value"]);

        static Volume Claim(PersistentVolumeClaimSpec spec) => new()
        {
            Name = "v",
            Ephemeral = new EphemeralVolumeSource { VolumeClaimTemplate = new PersistentVolumeClaimTemplate { Metadata = new ObjectMeta(), Spec = spec } },
        };
    }

    [Fact]
    public void Volumes_of_the_network_say_where_they_are()
    {
        Of(new Volume { Name = "v", Nfs = new NFSVolumeSource() }).ShouldBe(["spec.volumes[0].nfs.server: Required value", "spec.volumes[0].nfs.path: Required value", "spec.volumes[0].nfs.path: Invalid value: \"\": must be an absolute path"]);
        Of(new Volume { Name = "v", Nfs = new NFSVolumeSource { Server = "s", Path = "p" } }).ShouldBe(["spec.volumes[0].nfs.path: Invalid value: \"p\": must be an absolute path"]);
        Of(new Volume { Name = "v", PersistentVolumeClaim = new PersistentVolumeClaimVolumeSource() }).ShouldBe(["spec.volumes[0].persistentVolumeClaim.claimName: Required value"]);
        Of(new Volume { Name = "v", Csi = new CSIVolumeSource() })[0].ShouldBe("spec.volumes[0].csi.driver: Required value");
    }

    private static string[] Of(params Volume[] volumes) => Faults.Of(Valid.PodSpec() with { Volumes = volumes });
}
