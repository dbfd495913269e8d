using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Config maps.</summary>
internal sealed class ConfigMapStrategy : KindStrategy<ConfigMap>
{
    protected override void Check(FieldErrors errors, ConfigMap created) => ConfigMapValidation.Check(errors, created);

    protected override void Check(FieldErrors errors, ConfigMap updated, ConfigMap old) => ConfigMapValidation.CheckUpdate(errors, updated, old);
}
