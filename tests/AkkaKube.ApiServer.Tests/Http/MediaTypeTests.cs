using AkkaKube.ApiServer.Http;

namespace AkkaKube.ApiServer.Tests.Http;

public sealed class MediaTypeTests
{
    private const string KubectlTable = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    [Fact]
    public void No_header_means_JSON()
    {
        MediaType.Negotiate(null).ShouldBe(MediaType.Json);
        MediaType.Negotiate("*/*").ShouldBe(MediaType.Json);
    }

    [Fact]
    public void The_first_form_that_the_server_has_is_taken()
    {
        MediaType.Negotiate(KubectlTable)!.Value.As.ShouldBe(Transformation.Table);
        MediaType.Negotiate("application/vnd.kubernetes.protobuf,application/json").ShouldBe(MediaType.Json);
        MediaType.Negotiate("application/yaml")!.Value.Encoding.ShouldBe(MediaEncoding.Yaml);
        MediaType.Negotiate("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")!.Value.As.ShouldBe(Transformation.PartialObjectMetadata);
    }

    [Fact]
    public void A_form_that_the_server_does_not_have_is_not_acceptable()
    {
        MediaType.Negotiate("image/png").ShouldBeNull();
        MediaType.Negotiate("application/json;as=Chart;v=v1;g=meta.k8s.io").ShouldBeNull();
    }
}
