using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Environment;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Environment;

public class ContainerVariablesTests
{
    private static readonly PodPlace Place = new("172.18.0.2", "10.128.0.5", ValueMap.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("8Gi"))));

    private static readonly ReferencedObjects Objects = new(
        new Dictionary<ObjectKey, ConfigMap> { [new("default", "cfg")] = new() { Data = ValueMap.Of(("color", "blue"), ("size", "L")) } },
        new Dictionary<ObjectKey, Secret> { [new("default", "sec")] = new() { Data = ValueMap.Of(("pw", Bytes.Utf8("hush"))) } });

    private static string Of(Container container, params Service[] services) =>
        string.Join(' ', ContainerVariables.Of(Labelled(), container, Place, services, Objects).Select(v => $"{v.Key}={v.Value}"));

    private static Pod Labelled()
    {
        var pod = Pod(Container());
        return pod with { Metadata = pod.Metadata with { Labels = ValueMap.Of(("app", "web")) } };
    }

    private static Container With(params EnvVar[] variables) => Container() with { Env = [.. variables] };

    private static EnvVar Var(string name, string value) => new() { Name = name, Value = value };

    private static EnvVar Field(string name, string path) => new() { Name = name, ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = path } } };

    [Fact]
    public void A_variable_may_use_those_before_it() => Of(With(Var("A", "1"), Var("B", "$(A)$(C)"), Var("C", "3"))).ShouldBe("A=1 B=1$(C) C=3");

    [Theory]
    [InlineData("metadata.name", "web")]
    [InlineData("metadata.namespace", "default")]
    [InlineData("metadata.uid", "u1")]
    [InlineData("metadata.labels['app']", "web")]
    [InlineData("metadata.annotations['none']", "")]
    [InlineData("spec.nodeName", "node-1")]
    [InlineData("status.podIP", "10.128.0.5")]
    [InlineData("status.hostIP", "172.18.0.2")]
    public void Fields_of_the_pod_can_be_variables(string path, string value) => Of(With(Field("F", path))).ShouldBe("F=" + value);

    [Theory]
    [InlineData("limits.cpu", "1", "4")]
    [InlineData("limits.cpu", "1m", "4000")]
    [InlineData("requests.cpu", "1", "1")]
    [InlineData("requests.cpu", "1m", "250")]
    [InlineData("requests.memory", "1Mi", "64")]
    [InlineData("limits.memory", "1Gi", "8")]
    [InlineData("requests.ephemeral-storage", "1", "0")]
    public void Resources_are_counted_in_divisors_and_rounded_up(string resource, string divisor, string value)
    {
        var container = Container() with
        {
            Resources = new ResourceRequirements { Requests = ValueMap.Of(("cpu", Quantity.Parse("250m")), ("memory", Quantity.Parse("64Mi"))) },
            Env = [new EnvVar { Name = "R", ValueFrom = new EnvVarSource { ResourceFieldRef = new ResourceFieldSelector { Resource = resource, Divisor = Quantity.Parse(divisor) } } }],
        };
        Of(container).ShouldBe("R=" + value);
    }

    [Fact]
    public void Keys_of_ConfigMaps_and_Secrets_can_be_variables_one_by_one_or_all_with_a_prefix()
    {
        var container = Container() with
        {
            EnvFrom = [new EnvFromSource { Prefix = "C_", ConfigMapRef = new ConfigMapEnvSource { Name = "cfg" } }, new EnvFromSource { SecretRef = new SecretEnvSource { Name = "sec" } }],
            Env = [new EnvVar { Name = "COLOR", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "cfg", Key = "color" } } }, Var("C_size", "XL")],
        };
        Of(container).ShouldBe("C_color=blue C_size=XL pw=hush COLOR=blue");
    }

    [Theory]
    [InlineData("none", "color", false, "configmap \"none\" not found")]
    [InlineData("cfg", "taste", false, "couldn't find key taste in ConfigMap default/cfg")]
    [InlineData("none", "color", true, null)]
    [InlineData("cfg", "taste", true, null)]
    public void A_missing_key_is_an_error_unless_it_is_optional(string map, string key, bool optional, string? error)
    {
        var container = With(new EnvVar { Name = "V", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = map, Key = key, Optional = optional } } });
        if (error is null) Of(container).ShouldBe("");
        else Should.Throw<ConfigException>(() => Of(container)).Message.ShouldBe(error);
    }

    [Fact]
    public void A_missing_Secret_is_an_error_that_names_it() =>
        Should.Throw<ConfigException>(() => Of(Container() with { EnvFrom = [new EnvFromSource { SecretRef = new SecretEnvSource { Name = "none" } }] })).Message.ShouldBe("secret \"none\" not found");

    [Fact]
    public void Services_are_named_by_variables_that_the_containers_own_ones_may_use_and_replace()
    {
        var service = new Service
        {
            Metadata = new ObjectMeta { Name = "my-db", Namespace = "default" },
            Spec = new ServiceSpec { ClusterIP = "10.96.0.9", Ports = [new ServicePort { Name = "sql", Port = 5432, Protocol = "TCP" }] },
        };
        Of(With(Var("URL", "$(MY_DB_SERVICE_HOST):$(MY_DB_SERVICE_PORT)"), Var("MY_DB_PORT", "mine")), service).ShouldBe(
            "URL=10.96.0.9:5432 MY_DB_PORT=mine MY_DB_SERVICE_HOST=10.96.0.9 MY_DB_SERVICE_PORT=5432 MY_DB_SERVICE_PORT_SQL=5432 "
            + "MY_DB_PORT_5432_TCP=tcp://10.96.0.9:5432 MY_DB_PORT_5432_TCP_PROTO=tcp MY_DB_PORT_5432_TCP_PORT=5432 MY_DB_PORT_5432_TCP_ADDR=10.96.0.9");
    }
}
