using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Endpoints, which endpoint slices have taken the place of.</summary>
internal sealed class EndpointsStrategy : KindStrategy<Endpoints>
{
    public override bool AllowsCreateOnUpdate => true;

    public override string? Deprecation => "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";

    protected override void Check(FieldErrors errors, Endpoints created) => EndpointsValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, Endpoints updated, Endpoints old) => EndpointsValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Endpoints created)
    {
        for (var i = 0; i < created.Subsets.Count; i++)
        {
            var path = new FieldPath("subsets").Index(i);
            Addresses(path.Child("addresses"), created.Subsets[i].Addresses);
            Addresses(path.Child("notReadyAddresses"), created.Subsets[i].NotReadyAddresses);
        }

        void Addresses(FieldPath path, ValueList<EndpointAddress> addresses)
        {
            for (var i = 0; i < addresses.Count; i++) warnings.Address(path.Index(i).Child("ip"), addresses[i].Ip);
        }
    }

    protected override void Warn(Warnings warnings, Endpoints updated, Endpoints old) => Warn(warnings, updated);
}
