using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tests.Validation;

public class ConfigurationValidationTests
{
    [Fact]
    public void Keys_are_file_names()
    {
        Faults.Of(Valid.ConfigMap() with { Data = ValueMap.Of(("a/b", "x")) }).Single().ShouldStartWith("data[a/b]: Invalid value: \"a/b\": a valid config key must consist of");
        Faults.Of(Valid.Secret() with { Data = ValueMap.Of(("..", Bytes.Utf8("x"))) }).Single().ShouldStartWith("data[..]: Invalid value: \"..\"");
    }

    [Fact]
    public void A_key_is_text_or_bytes() =>
        Faults.Of(Valid.ConfigMap() with { BinaryData = ValueMap.Of(("colour", Bytes.Utf8("x"))) }).ShouldBe(["data[colour]: Invalid value: \"colour\": duplicate of key present in binaryData"]);

    [Fact]
    public void All_values_together_are_a_mebibyte_at_most() =>
        Faults.Of(Valid.ConfigMap() with { Data = ValueMap.Of(("a", new string('x', 1024 * 1024)), ("b", "x")) }).ShouldBe(["[]: Too long: may not be more than 1048576 bytes"]);

    [Fact]
    public void What_is_immutable_stays()
    {
        var map = Valid.ConfigMap() with { Immutable = true };
        Faults.OfUpdate(map, now => now with { Data = ValueMap.Of(("colour", "blue")) }).ShouldBe(["data: Forbidden: field is immutable when `immutable` is set"]);
        Faults.OfUpdate(map, now => now with { Immutable = null }).ShouldBe(["immutable: Forbidden: field is immutable when `immutable` is set"]);
    }

    [Theory]
    [InlineData("kubernetes.io/tls", "data[tls.crt]: Required value", "data[tls.key]: Required value")]
    [InlineData("kubernetes.io/dockerconfigjson", "data[.dockerconfigjson]: Required value")]
    [InlineData("kubernetes.io/basic-auth", "data[username]: Required value", "data[password]: Required value")]
    [InlineData("kubernetes.io/ssh-auth", "data[ssh-privatekey]: Required value")]
    [InlineData("kubernetes.io/service-account-token", "metadata.annotations[kubernetes.io/service-account.name]: Required value")]
    public void A_secret_of_a_known_type_has_its_keys(string type, params string[] faults) => Faults.Of(Valid.Secret(type)).ShouldBe(faults);

    [Fact]
    public void The_type_of_a_secret_stays() =>
        Faults.OfUpdate(Valid.Secret(), secret => secret with { Type = "mine" }).ShouldBe(["type: Invalid value: \"mine\": field is immutable"]);

    [Fact]
    public void The_configuration_of_a_registry_is_json() =>
        Faults.Of(Valid.Secret("kubernetes.io/dockerconfigjson") with { Data = ValueMap.Of((".dockerconfigjson", Bytes.Utf8("no json"))) })
            .Single().ShouldStartWith("data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\":");

    [Fact]
    public void An_event_is_about_something_in_its_namespace() =>
        Faults.Of(Valid.Event() with { InvolvedObject = new ObjectReference { Kind = "Pod", Namespace = "other", Name = "web" } })
            .Single().ShouldStartWith("involvedObject.namespace: Invalid value: \"other\": does not match event.namespace");

    [Fact]
    public void A_lease_lasts_some_time() =>
        Faults.Of(Valid.Lease() with { Spec = Valid.Lease().Spec with { LeaseDurationSeconds = 0 } }).ShouldBe(["spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"]);

    [Fact]
    public void A_lease_changes_hands_forwards_only() =>
        Faults.Of(Valid.Lease() with { Spec = Valid.Lease().Spec with { LeaseTransitions = -1 } }).ShouldBe(["spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0"]);
}
