using System.Text;
using AkkaKube.Api.Discovery.V1;

namespace AkkaKube.Api.Tests.Records;

public sealed class EmptyListTests
{
    [Fact]
    public void An_empty_list_that_is_always_there_is_null()
    {
        var json = Encoding.UTF8.GetString(ApiObject.Of(new EndpointSlice { AddressType = "IPv4" }).Json.Span);
        json.ShouldContain("\"endpoints\":null,\"ports\":null");
        ApiObject.FromJson(Encoding.UTF8.GetBytes(json)).As<EndpointSlice>().Endpoints.ShouldBeEmpty();
    }
}
