using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Discovery;

namespace AkkaKube.Api.Strategy.Discovery;

/// <summary>Endpoint slices. Everything in one but its metadata is what is wanted, and its labels too: they tie it to the service.</summary>
internal sealed class EndpointSliceStrategy : KindStrategy<EndpointSlice>
{
    public override bool AllowsCreateOnUpdate => false;

    protected override EndpointSlice Prepare(EndpointSlice created) =>
        WithoutTopology(created) with { Metadata = created.Metadata with { Generation = 1 } };

    protected override EndpointSlice Prepare(EndpointSlice updated, EndpointSlice old)
    {
        if (updated.Endpoints != old.Endpoints) updated = WithoutTopology(updated);
        var changes = updated.AddressType != old.AddressType || updated.Endpoints != old.Endpoints || updated.Ports != old.Ports
            || updated.Metadata.Labels != old.Metadata.Labels;
        return changes ? updated with { Metadata = updated.Metadata with { Generation = old.Metadata.Generation + 1 } } : updated;
    }

    protected override void Check(FieldErrors errors, EndpointSlice created) => EndpointSliceValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, EndpointSlice updated, EndpointSlice old) => EndpointSliceValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, EndpointSlice created)
    {
        if (created.AddressType == "FQDN")
        {
            warnings.Add("spec.addressType: FQDN endpoints are deprecated");
            return;
        }
        for (var i = 0; i < created.Endpoints.Count; i++)
            for (var j = 0; j < created.Endpoints[i].Addresses.Count; j++)
                warnings.Address(new FieldPath("endpoints").Index(i).Child("addresses").Index(j), created.Endpoints[i].Addresses[j]);
    }

    protected override void Warn(Warnings warnings, EndpointSlice updated, EndpointSlice old) => Warn(warnings, updated);

    // The topology of an endpoint was free text in an earlier version of the API and cannot be said in this one.
    private static EndpointSlice WithoutTopology(EndpointSlice slice)
    {
        foreach (var endpoint in slice.Endpoints)
            if (endpoint.DeprecatedTopology.Count > 0)
                return slice with { Endpoints = [.. slice.Endpoints.Select(each => each with { DeprecatedTopology = [] })] };
        return slice;
    }
}
