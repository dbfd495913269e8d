using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Tests.Validation;

public class PodValidationTests
{
    private static readonly PodSpec Plain = Valid.PodSpec();

    [Fact]
    public void A_plain_pod_is_valid() => Faults.Of(Valid.Pod()).ShouldBeEmpty();

    [Fact]
    public void A_pod_has_containers_and_policies()
    {
        Faults.Of(Plain with { Containers = [] }).ShouldBe(["spec.containers: Required value"]);
        Faults.Of(Plain with { RestartPolicy = "Sometimes" }).ShouldBe(["spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\""]);
        Faults.Of(Plain with { DnsPolicy = "Mine" }).ShouldBe(["spec.dnsPolicy: Unsupported value: \"Mine\": supported values: \"ClusterFirstWithHostNet\", \"ClusterFirst\", \"Default\", \"None\""]);
        Faults.Of(Plain with { TerminationGracePeriodSeconds = null }).ShouldBe(["spec.terminationGracePeriodSeconds: Required value"]);
        Faults.Of(Plain with { ActiveDeadlineSeconds = 0 }).ShouldBe(["spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"]);
    }

    [Fact]
    public void References_to_other_objects_are_names_of_such_objects()
    {
        Faults.Of(Plain with { ServiceAccountName = "No" }).Single().ShouldStartWith("spec.serviceAccountName: Invalid value: \"No\": a lowercase RFC 1123 subdomain");
        Faults.Of(Plain with { NodeName = "No" }).Single().ShouldStartWith("spec.nodeName: Invalid value: \"No\": a lowercase RFC 1123 subdomain");
        Faults.Of(Plain with { Hostname = "a.b" }).Single().ShouldStartWith("spec.hostname: Invalid value: \"a.b\": must not contain dots");
        Faults.Of(Plain with { Subdomain = "a.b" }).Single().ShouldStartWith("spec.subdomain: Invalid value: \"a.b\": must not contain dots");
        Faults.Of(Plain with { RuntimeClassName = "a_b" }).Single().ShouldStartWith("spec.runtimeClassName: Invalid value: \"a_b\"");
    }

    [Fact]
    public void Tolerations_make_sense()
    {
        Tolerate(new Toleration { Key = "a", Operator = "Equal", Value = "b", Effect = "NoSchedule" }).ShouldBeEmpty();
        Tolerate(new Toleration { Operator = "Equal" }).ShouldBe(["spec.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all values and all keys\""]);
        Tolerate(new Toleration { Key = "a", Operator = "Exists", Value = "b" }).ShouldBe(["spec.tolerations[0].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'"]);
        Tolerate(new Toleration { Key = "a", Operator = "Exists", Effect = "NoSchedule", TolerationSeconds = 5 })
            .ShouldBe(["spec.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set"]);
        Tolerate(new Toleration { Key = "a", Operator = "Is" }).ShouldBe(["spec.tolerations[0].operator: Unsupported value: \"Is\": supported values: \"Equal\", \"Exists\""]);
        Tolerate(new Toleration { Key = "a", Operator = "Exists", Effect = "Maybe" })
            .ShouldBe(["spec.tolerations[0].effect: Unsupported value: \"Maybe\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""]);

        static string[] Tolerate(Toleration toleration) => Faults.Of(Plain with { Tolerations = [toleration] });
    }

    [Fact]
    public void Node_affinity_has_terms_with_known_operators()
    {
        Require(new NodeSelectorRequirement { Key = "zone", Operator = "In", Values = ["a"] }).ShouldBeEmpty();
        Require(new NodeSelectorRequirement { Key = "zone", Operator = "In" }).Single().ShouldEndWith(".values: Required value: must be specified when `operator` is 'In' or 'NotIn'");
        Require(new NodeSelectorRequirement { Key = "zone", Operator = "Exists", Values = ["a"] }).Single().ShouldEndWith(".values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        Require(new NodeSelectorRequirement { Key = "zone", Operator = "Gt", Values = ["1", "2"] }).Single().ShouldEndWith(".values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'");
        Require(new NodeSelectorRequirement { Key = "zone", Operator = "Near", Values = ["1"] }).Single().ShouldEndWith(".operator: Invalid value: \"Near\": not a valid selector operator");
        Faults.Of(Plain with { Affinity = new Affinity { NodeAffinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector() } } })
            .ShouldBe(["spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term"]);

        static string[] Require(NodeSelectorRequirement requirement) => Faults.Of(Plain with
        {
            Affinity = new Affinity
            {
                NodeAffinity = new NodeAffinity
                {
                    RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector { NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [requirement] }] },
                },
            },
        });
    }

    [Fact]
    public void Pod_affinity_has_a_topology_and_weights()
    {
        var selector = Valid.Selector();
        Near(new WeightedPodAffinityTerm { Weight = 1, PodAffinityTerm = new PodAffinityTerm { LabelSelector = selector, TopologyKey = "zone" } }).ShouldBeEmpty();
        Near(new WeightedPodAffinityTerm { Weight = 101, PodAffinityTerm = new PodAffinityTerm { LabelSelector = selector, TopologyKey = "zone" } })
            .ShouldBe(["spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100"]);
        Near(new WeightedPodAffinityTerm { Weight = 1, PodAffinityTerm = new PodAffinityTerm { LabelSelector = selector } })
            .ShouldContain("spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Required value: can not be empty");

        static string[] Near(WeightedPodAffinityTerm term) =>
            Faults.Of(Plain with { Affinity = new Affinity { PodAffinity = new PodAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [term] } } });
    }

    [Fact]
    public void Spread_constraints_have_a_skew_a_topology_and_an_answer()
    {
        var plain = new TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = Valid.Selector() };
        Spread(plain).ShouldBeEmpty();
        Spread(plain with { MaxSkew = 0 }).ShouldBe(["spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero"]);
        Spread(plain with { TopologyKey = "" }).ShouldBe(["spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty"]);
        Spread(plain with { WhenUnsatisfiable = "Cry" })
            .ShouldBe(["spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"Cry\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\""]);
        Spread(plain with { MinDomains = 0 }).ShouldBe(["spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: must be greater than zero"]);
        Spread(plain, plain).ShouldBe(["spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: \"{zone, DoNotSchedule}\""]);

        static string[] Spread(params TopologySpreadConstraint[] constraints) => Faults.Of(Plain with { TopologySpreadConstraints = constraints });
    }

    [Fact]
    public void Dns_and_host_aliases_are_well_formed()
    {
        Faults.Of(Plain with { DnsPolicy = "None" }).ShouldBe(["spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"]);
        Faults.Of(Plain with { DnsPolicy = "None", DnsConfig = new PodDNSConfig { Searches = ["a"] } })
            .ShouldBe(["spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None"]);
        Faults.Of(Plain with { DnsConfig = new PodDNSConfig { Nameservers = ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"] } })
            .Single().ShouldContain("must not have more than 3 nameservers");
        Faults.Of(Plain with { HostAliases = [new HostAlias { Ip = "x" }] }).Single().ShouldStartWith("spec.hostAliases[0].ip: Invalid value: \"x\": must be a valid IP address");
    }

    [Fact]
    public void Security_contexts_do_not_contradict_themselves()
    {
        var container = Valid.Container();
        Faults.Of(container with { SecurityContext = new SecurityContext { Privileged = true, AllowPrivilegeEscalation = false } })
            .Single().ShouldEndWith("cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        Faults.Of(container with { SecurityContext = new SecurityContext { RunAsUser = -1 } }).ShouldBe(["spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive"]);
        Faults.Of(Plain with { SecurityContext = new PodSecurityContext { FsGroup = -1 } }).ShouldBe(["spec.securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive"]);
        Faults.Of(Plain with { SecurityContext = new PodSecurityContext { SeccompProfile = new SeccompProfile { Type = "Localhost" } } })
            .ShouldBe(["spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost"]);
        Faults.Of(Plain with { ShareProcessNamespace = true, HostPID = true }).ShouldBe(["spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled"]);
    }

    [Fact]
    public void Gates_hold_a_pod_that_is_on_no_node()
    {
        Faults.Of(Plain with { SchedulingGates = [new PodSchedulingGate { Name = "a" }, new PodSchedulingGate { Name = "a" }] }).ShouldBe(["spec.schedulingGates[1]: Duplicate value: \"a\""]);
        Faults.Of(Plain with { NodeName = "n", SchedulingGates = [new PodSchedulingGate { Name = "a" }] })
            .ShouldBe(["spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"]);
        Faults.Of(Plain with { ReadinessGates = [new PodReadinessGate { ConditionType = "not valid" }] })[0].ShouldStartWith("spec.readinessGates[0].conditionType: Invalid value: \"not valid\"");
    }

    [Fact]
    public void Ephemeral_containers_come_later() =>
        Faults.Of(Plain with { EphemeralContainers = [new EphemeralContainer { Name = "debug", Image = "debug:1", ImagePullPolicy = "Always", TerminationMessagePolicy = "File" }] })
            .ShouldBe(["spec.ephemeralContainers: Forbidden: cannot be set on create"]);

    [Fact]
    public void A_mirror_of_a_static_pod_says_its_node() =>
        Faults.Of(Valid.Pod() with { Metadata = Valid.Meta() with { Annotations = ValueMap.Of(("kubernetes.io/config.mirror", "x")) } })
            .ShouldContain("metadata.annotations[kubernetes.io/config.mirror]: Invalid value: \"x\": must set spec.nodeName if mirror pod annotation is set");

    [Fact]
    public void Templates_have_no_name_but_valid_labels()
    {
        var set = Valid.ReplicaSet();
        var template = Valid.Template();
        Faults.Of(set with { Spec = set.Spec with { Template = template with { Metadata = new ObjectMeta { Labels = ValueMap.Of(("app", "web"), ("b", "-")) } } } })
            .Single().ShouldStartWith("spec.template.labels: Invalid value: \"-\": a valid label");
    }
}
