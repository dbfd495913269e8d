using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tests.Validation;

public class ContainerValidationTests
{
    private static readonly Container Plain = Valid.Container();

    [Fact]
    public void A_plain_container_is_valid() => Faults.Of(Plain).ShouldBeEmpty();

    [Fact]
    public void A_container_has_a_name_and_an_image()
    {
        Faults.Of(Plain with { Name = "" }).ShouldBe(["spec.containers[0].name: Required value"]);
        Faults.Of(Plain with { Image = null }).ShouldBe(["spec.containers[0].image: Required value"]);
        Faults.Of(Plain with { Image = " shop/main:2" }).ShouldBe(["spec.containers[0].image: Invalid value: \" shop/main:2\": must not have leading or trailing whitespace"]);
    }

    [Fact]
    public void Names_are_unique_among_all_containers()
    {
        Faults.Of(Valid.PodSpec() with { Containers = [Plain, Plain] }).ShouldBe(["spec.containers[1].name: Duplicate value: \"main\""]);
        Faults.Of(Valid.PodSpec() with { InitContainers = [Plain] }).ShouldBe(["spec.initContainers[0].name: Duplicate value: \"main\""]);
    }

    [Fact]
    public void Policies_are_known_words()
    {
        Faults.Of(Plain with { ImagePullPolicy = "Sometimes" }).ShouldBe(["spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\""]);
        Faults.Of(Plain with { TerminationMessagePolicy = "Mail" })
            .ShouldBe(["spec.containers[0].terminationMessagePolicy: Unsupported value: \"Mail\": supported values: \"File\", \"FallbackToLogsOnError\""]);
    }

    [Fact]
    public void Ports_are_in_range_with_a_known_protocol_and_unique_names()
    {
        Ports(new ContainerPort { ContainerPortValue = 80, Protocol = "TCP" }).ShouldBeEmpty();
        Ports(new ContainerPort { Protocol = "TCP" }).ShouldBe(["spec.containers[0].ports[0].containerPort: Required value"]);
        Ports(new ContainerPort { ContainerPortValue = 65536, Protocol = "TCP" }).ShouldBe(["spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive"]);
        Ports(new ContainerPort { ContainerPortValue = 80 }).ShouldBe(["spec.containers[0].ports[0].protocol: Required value"]);
        Ports(new ContainerPort { ContainerPortValue = 80, Protocol = "ICMP" }).ShouldBe(["spec.containers[0].ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\""]);
        Ports(new ContainerPort { Name = "http", ContainerPortValue = 80, Protocol = "TCP" }, new ContainerPort { Name = "http", ContainerPortValue = 81, Protocol = "TCP" })
            .ShouldBe(["spec.containers[0].ports[1].name: Duplicate value: \"http\""]);
        Ports(new ContainerPort { Name = "8080", ContainerPortValue = 80, Protocol = "TCP" }).ShouldBe(["spec.containers[0].ports[0].name: Invalid value: \"8080\": must contain at least one letter (a-z)"]);
    }

    [Fact]
    public void No_two_containers_take_the_same_port_of_the_node()
    {
        var port = new ContainerPort { ContainerPortValue = 80, HostPort = 8080, Protocol = "TCP" };
        Faults.Of(Valid.PodSpec() with { Containers = [Plain with { Ports = [port] }, Valid.Container("second") with { Ports = [port] }] })
            .ShouldBe(["spec.containers[1].ports[0].hostPort: Duplicate value: \"TCP//8080\""]);
    }

    [Fact]
    public void In_the_network_of_the_node_both_ports_are_the_same() =>
        Faults.Of(Valid.PodSpec() with { HostNetwork = true, Containers = [Plain with { Ports = [new ContainerPort { ContainerPortValue = 80, HostPort = 81, Protocol = "TCP" }] }] })
            .ShouldBe(["spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true"]);

    [Fact]
    public void Variables_have_a_name_and_one_source()
    {
        Env(new EnvVar { Name = "A", Value = "1" }).ShouldBeEmpty();
        Env(new EnvVar { Name = "" }).ShouldBe(["spec.containers[0].env[0].name: Required value"]);
        Env(new EnvVar { Name = "A", ValueFrom = new EnvVarSource() }).Single().ShouldStartWith("spec.containers[0].env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`");
        var field = new EnvVarSource { FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.name" } };
        Env(new EnvVar { Name = "A", ValueFrom = field }).ShouldBeEmpty();
        Env(new EnvVar { Name = "A", Value = "1", ValueFrom = field }).ShouldBe(["spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty"]);
        Env(new EnvVar { Name = "A", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "spec.image" } } })
            .Single().ShouldStartWith("spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.image\": error converting fieldPath: field label not supported: spec.image");
        Env(new EnvVar { Name = "A", ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = "s", Key = "a/b" } } })
            .Single().ShouldStartWith("spec.containers[0].env[0].valueFrom.secretKeyRef.key: Invalid value: \"a/b\": a valid config key must consist of");
    }

    [Fact]
    public void Requests_fit_into_limits()
    {
        Resources(("cpu", "2"), ("cpu", "1")).ShouldBe(["spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"]);
        Resources(("cpu", "1"), ("cpu", "2")).ShouldBeEmpty();
        Resources(("example.com/gpu", "1"), ("example.com/gpu", "2")).ShouldBe(["spec.containers[0].resources.requests: Invalid value: \"1\": must be equal to example.com/gpu limit of 2"]);
        Resources(("example.com/gpu", "500m"), ("example.com/gpu", "500m")).ShouldContain("spec.containers[0].resources.limits[example.com/gpu]: Invalid value: \"500m\": must be an integer");
        Resources(("cpu", "-1"), ("cpu", "1")).ShouldBe(["spec.containers[0].resources.requests[cpu]: Invalid value: \"-1\": must be greater than or equal to 0"]);
        Resources(("speed", "1"), ("cpu", "1")).ShouldContain("spec.containers[0].resources.requests[speed]: Invalid value: \"speed\": must be a standard resource for containers");
    }

    [Fact]
    public void Only_init_containers_may_restart_alone_and_then_always()
    {
        var init = Valid.PodSpec() with { InitContainers = [Valid.Container("init") with { RestartPolicy = "Always" }] };
        Faults.Of(init).ShouldBeEmpty();
    }

    [Fact]
    public void Init_containers_are_not_probed_unless_they_stay()
    {
        var probe = new Probe { TcpSocket = new TCPSocketAction { Port = 80 }, PeriodSeconds = 10, TimeoutSeconds = 1, SuccessThreshold = 1, FailureThreshold = 3 };
        var init = Valid.Container("init") with { ReadinessProbe = probe };
        Faults.Of(Valid.PodSpec() with { InitContainers = [init] }).ShouldBe(["spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always"]);
        Faults.Of(Valid.PodSpec() with { InitContainers = [init with { RestartPolicy = "Always" }] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_probe_has_one_handler_and_no_negative_number()
    {
        Liveness(new Probe { SuccessThreshold = 1 }).ShouldBe(["spec.containers[0].livenessProbe: Required value: must specify a handler type"]);
        Liveness(Http with { PeriodSeconds = -1 }).ShouldBe(["spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0"]);
        Liveness(Http with { SuccessThreshold = 2 }).ShouldBe(["spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"]);
        Liveness(Http with { HttpGet = new HTTPGetAction { Path = "", Port = 80, Scheme = "HTTP" } }).ShouldBe(["spec.containers[0].livenessProbe.httpGet.path: Required value"]);
        Liveness(Http with { HttpGet = new HTTPGetAction { Path = "/", Port = 0, Scheme = "FTP" } }).ShouldBe([
            "spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive",
            "spec.containers[0].livenessProbe.httpGet.scheme: Unsupported value: \"FTP\": supported values: \"HTTP\", \"HTTPS\""]);
        Liveness(Http with { Exec = new ExecAction { Command = ["true"] } }).ShouldBe(["spec.containers[0].livenessProbe.httpGet: Forbidden: may not specify more than 1 handler type"]);
    }

    [Fact]
    public void A_mount_names_a_volume_and_a_path_of_its_own()
    {
        var spec = Valid.PodSpec() with { Volumes = [new Volume { Name = "data", EmptyDir = new EmptyDirVolumeSource() }] };
        Mounts(new VolumeMount { Name = "data", MountPath = "/data" }).ShouldBeEmpty();
        Mounts(new VolumeMount { Name = "data", MountPath = "" }).ShouldBe(["spec.containers[0].volumeMounts[0].mountPath: Required value"]);
        Mounts(new VolumeMount { Name = "other", MountPath = "/data" }).ShouldBe(["spec.containers[0].volumeMounts[0].name: Not found: \"other\""]);
        Mounts(new VolumeMount { Name = "data", MountPath = "/a" }, new VolumeMount { Name = "data", MountPath = "/a" })
            .ShouldBe(["spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique"]);
        Mounts(new VolumeMount { Name = "data", MountPath = "/a", SubPath = "../x" }).ShouldBe(["spec.containers[0].volumeMounts.subPath: Invalid value: \"../x\": must not contain '..'"]);

        string[] Mounts(params VolumeMount[] mounts) => Faults.Of(spec with { Containers = [Plain with { VolumeMounts = mounts }] });
    }

    private static Probe Http => new()
    {
        HttpGet = new HTTPGetAction { Path = "/", Port = 80, Scheme = "HTTP" },
        PeriodSeconds = 10,
        TimeoutSeconds = 1,
        SuccessThreshold = 1,
        FailureThreshold = 3,
    };

    private static string[] Liveness(Probe probe) => Faults.Of(Plain with { LivenessProbe = probe });

    private static string[] Ports(params ContainerPort[] ports) => Faults.Of(Plain with { Ports = ports });

    private static string[] Env(EnvVar variable) => Faults.Of(Plain with { Env = [variable] });

    private static string[] Resources((string Name, string Amount) request, (string Name, string Amount) limit) => Faults.Of(Plain with
    {
        Resources = new ResourceRequirements
        {
            Requests = ValueMap.Of((request.Name, Quantity.Parse(request.Amount))),
            Limits = ValueMap.Of((limit.Name, Quantity.Parse(limit.Amount))),
        },
    });
}
