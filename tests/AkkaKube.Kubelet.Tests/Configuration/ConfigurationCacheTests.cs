using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Tests;

namespace AkkaKube.Kubelet.Tests.Configuration;

public class ConfigurationCacheTests : TestKit
{
    private readonly TestProbe _api;
    private readonly IActorRef _cache;
    private readonly Watch _maps;
    private readonly Watch _secrets;

    public ConfigurationCacheTests()
        : base(ReferenceConf.With())
    {
        _api = CreateTestProbe();
        _cache = Sys.ActorOf(ConfigurationCache.Props(_api));
        _maps = _api.ExpectMsg<Watch>(w => w.Resource == GroupVersionResource.ConfigMaps);
        _secrets = _api.ExpectMsg<Watch>(w => w.Resource == GroupVersionResource.Secrets);
    }

    private static ConfigMap Map(string name, string value, string version) =>
        new() { Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = name, ResourceVersion = version }, Data = ValueMap.Of(("k", value)) };

    private void Tell(Watch watch, WatchEventType type, IApiObject item) => _cache.Tell(new WatchEvents(watch.Tag, [new WatchEvent(type, ApiObject.Of(item))]));

    private void Synced()
    {
        foreach (var watch in new[] { _maps, _secrets })
            Tell(watch, WatchEventType.Bookmark, new Node { Metadata = new ObjectMeta { ResourceVersion = "9", Annotations = ValueMap.Of(("k8s.io/initial-events-end", "true")) } });
    }

    [Fact]
    public void A_follower_gets_what_it_names_when_all_is_known_and_again_when_it_changes()
    {
        _cache.Tell(new ConfigurationCache.Follow(new References("default", ["cfg"], ["sec"])), TestActor);
        Tell(_maps, WatchEventType.Added, Map("cfg", "1", "5"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Synced();
        var first = ExpectMsg<ConfigurationCache.Found>().Objects;
        first.ConfigMap("default", "cfg")!.Data["k"].ShouldBe("1");
        first.Secret("default", "sec").ShouldBeNull();
        Tell(_maps, WatchEventType.Modified, Map("cfg", "2", "10"));
        ExpectMsg<ConfigurationCache.Found>().Objects.ConfigMap("default", "cfg")!.Data["k"].ShouldBe("2");
        Tell(_maps, WatchEventType.Added, Map("other", "3", "11"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Tell(_maps, WatchEventType.Deleted, Map("cfg", "2", "12"));
        ExpectMsg<ConfigurationCache.Found>().Objects.ConfigMap("default", "cfg").ShouldBeNull();
    }

    [Fact]
    public void What_a_pod_names_is_found_in_its_variables_volumes_and_pull_secrets()
    {
        var pod = Objects.Pod(Objects.Container() with
        {
            EnvFrom = [new EnvFromSource { ConfigMapRef = new ConfigMapEnvSource { Name = "m1" } }, new EnvFromSource { SecretRef = new SecretEnvSource { Name = "s1" } }],
            Env = [new EnvVar { Name = "A", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "m2", Key = "k" } } }],
        });
        pod = pod with
        {
            Spec = pod.Spec with
            {
                ImagePullSecrets = [new LocalObjectReference { Name = "s2" }],
                Volumes =
                [
                    new Volume { Name = "a", ConfigMap = new ConfigMapVolumeSource { Name = "m3" } },
                    new Volume { Name = "b", Projected = new ProjectedVolumeSource { Sources = [new VolumeProjection { Secret = new SecretProjection { Name = "s3" } }] } },
                ],
            },
        };
        var references = References.Of(pod);
        references.ConfigMaps.Order().ShouldBe(["m1", "m2", "m3"]);
        references.Secrets.Order().ShouldBe(["s1", "s2", "s3"]);
    }
}
