using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Tests.Validation;

public class ObjectMetaValidationTests
{
    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    [Fact]
    public void A_name_or_its_beginning_is_required() =>
        Of(meta => meta with { Name = "" }).ShouldBe(["metadata.name: Required value: name or generateName is required"]);

    [Fact]
    public void A_name_follows_the_rule_of_its_kind() =>
        Of(meta => meta with { Name = "Web" }).ShouldBe([$"metadata.name: Invalid value: \"Web\": {Subdomain}"]);

    [Fact]
    public void A_namespaced_object_needs_a_namespace_and_another_must_not_have_one()
    {
        Of(meta => meta with { Namespace = null }).ShouldBe(["metadata.namespace: Required value"]);
        Faults.Of(Valid.Node() with { Metadata = Valid.Meta() }).ShouldBe(["metadata.namespace: Forbidden: not allowed on this type"]);
    }

    [Fact]
    public void Labels_have_well_formed_keys_and_values()
    {
        Of(meta => meta with { Labels = ValueMap.Of(("a b", "x")) }).Single().ShouldStartWith("metadata.labels: Invalid value: \"a b\": name part must consist of");
        Of(meta => meta with { Labels = ValueMap.Of(("a", "-x-")) }).Single().ShouldStartWith("metadata.labels: Invalid value: \"-x-\": a valid label must be an empty string or consist of");
        Of(meta => meta with { Labels = ValueMap.Of(("Bad.Prefix/a", "x")) }).Single().ShouldStartWith("metadata.labels: Invalid value: \"Bad.Prefix/a\": prefix part a lowercase RFC 1123 subdomain");
    }

    [Fact]
    public void Annotations_are_limited_in_all_and_their_keys_may_be_upper_case()
    {
        Of(meta => meta with { Annotations = ValueMap.Of(("Example.com/Note", "anything, really")) }).ShouldBeEmpty();
        Of(meta => meta with { Annotations = ValueMap.Of(("note", new string('x', 256 * 1024))) }).ShouldBe(["metadata.annotations: Too long: may not be more than 262144 bytes"]);
    }

    [Fact]
    public void An_owner_is_named_in_full_and_only_one_controls()
    {
        var owner = new OwnerReference { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web", Uid = "u-1", Controller = true };
        Of(meta => meta with { OwnerReferences = [owner] }).ShouldBeEmpty();
        Of(meta => meta with { OwnerReferences = [owner with { Name = "", Uid = "" }] }).ShouldBe(
            ["metadata.ownerReferences[0].name: Required value: must not be empty", "metadata.ownerReferences[0].uid: Required value: must not be empty"]);
        Of(meta => meta with { OwnerReferences = [owner, owner with { Name = "other", Uid = "u-2" }] }).Single()
            .ShouldContain("Only one reference can have Controller set to true. Found \"true\" in references for");
    }

    [Fact]
    public void An_event_owns_nothing() =>
        Of(meta => meta with { OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Event", Name = "e", Uid = "u" }] }).Single()
            .ShouldContain("is disallowed from being an owner");

    [Fact]
    public void Finalizers_are_qualified_names() =>
        Of(meta => meta with { Finalizers = ["not valid"] })[0].ShouldStartWith("metadata.finalizers: Invalid value: \"not valid\": name part must consist of");

    [Fact]
    public void An_update_changes_neither_name_nor_origin()
    {
        Update(meta => meta with { Name = "other" }).ShouldContain("metadata.name: Invalid value: \"other\": field is immutable");
        Update(meta => meta with { Namespace = "other" }).ShouldContain("metadata.namespace: Invalid value: \"other\": field is immutable");
        Update(meta => meta with { Uid = "other" }).ShouldContain("metadata.uid: Invalid value: \"other\": field is immutable");
    }

    [Fact]
    public void An_update_cannot_bring_the_deletion_about_or_up()
    {
        Update(meta => meta with { DeletionGracePeriodSeconds = 5 }).ShouldContain("metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable");
        var dying = Valid.ConfigMap() with { Metadata = Valid.Meta() with { DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = 0 } };
        Faults.OfUpdate(dying, map => map with { Metadata = map.Metadata with { Finalizers = ["a.example.com/late"] } })
            .ShouldContain("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"a.example.com/late\"}");
    }

    [Fact]
    public void An_update_says_which_version_it_replaces() =>
        Update(meta => meta with { ResourceVersion = null }).ShouldContain("metadata.resourceVersion: Invalid value: \"\": must be specified for an update");

    private static string[] Of(Func<ObjectMeta, ObjectMeta> change) => Faults.Of(Valid.ConfigMap() with { Metadata = change(Valid.Meta()) });

    private static string[] Update(Func<ObjectMeta, ObjectMeta> change) => Faults.OfUpdate(Valid.ConfigMap(), map => map with { Metadata = change(map.Metadata) });
}
