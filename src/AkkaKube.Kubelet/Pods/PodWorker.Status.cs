using System.Globalization;
using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Writes;

namespace AkkaKube.Kubelet.Pods;

/// <summary>Tells the API server the pod's status: one write at a time, what changed meanwhile goes with the next one.</summary>
internal sealed partial class PodWorker
{
    private enum WriteKind
    {
        Status,
        Delete,
    }

    private enum Turn
    {
        None,
        Waiting,
        Inside,
    }

    private sealed record WriteTag(WriteKind Kind, int Number);

    private sealed record Unanswered(WriteTag Tag);

    private sealed record Disagreed
    {
        public static readonly Disagreed Instance = new();
    }

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // Longer than the API server takes for any request: an answer that has not come by then was lost with an API server.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);
    private PodStatus _written;
    private long _writtenAt;
    private PodStatus? _sending;
    private int _writes;
    private Turn _turn;
    private bool _deleting;
    private bool _deleteWanted;

    private void Publish()
    {
        if (_adopting || _removed || _deleting || _turn != Turn.None) return;
        Timers.Cancel(nameof(PublishSoon));
        if (PodStatuses.Of(_pod, _run, _written, _kubelet.Node.Ip, Now) != _written)
        {
            _turn = Turn.Waiting;
            _kubelet.Writes.Tell(Turnstile.Enter.Instance);
        }
        else if (_deleteWanted)
        {
            Delete();
        }
    }

    /// <summary>It is this worker's turn to write: what is to be said now may be more, or nothing any more.</summary>
    private void Write()
    {
        _turn = Turn.Inside;
        if (!_kubelet.Shared.IsCurrent())
        {
            LeaveTurn();
            Timers.StartSingleTimer(nameof(Publish), Resync.Instance, Moment);
            return;
        }
        var status = PodStatuses.Of(_pod, _run, _written, _kubelet.Node.Ip, Now);
        if (_removed || StatusPatch.Between(_pod.Metadata.Uid, _written, status) is not { } patch)
        {
            LeaveTurn();
            Publish();
            return;
        }
        _sending = status;
        _kubelet.Shared.ApiServer.Tell(new Patch(GroupVersionResource.Pods, _pod.Metadata.Name ?? "", PatchType.StrategicMerge, patch)
        {
            Namespace = _pod.Metadata.Namespace,
            Subresource = Subresource.Status,
            User = _kubelet.User,
            FieldManager = "kubelet",
            Tag = Expect(WriteKind.Status),
        });
    }

    private void LeaveTurn()
    {
        _turn = Turn.None;
        _kubelet.Writes.Tell(Turnstile.Leave.Instance);
    }

    /// <summary>Tells it with whatever is next, or when nothing more has changed for a moment (the real kubelet looks once a second).</summary>
    private void PublishSoon() => Timers.StartSingleTimer(nameof(PublishSoon), Resync.Instance, Moment);

    /// <summary>What the API server holds is what was written: one instance of it is enough in a process.</summary>
    private void Adopt()
    {
        if (_pod.Status == _written) _written = _pod.Status;
    }

    /// <summary>
    /// Somebody else may have changed since what is the kubelet's to say: the node life-cycle controller does, of the pods of a node that it takes for dead,
    /// and so does a write of the kubelet on the host from which the node has come, when it arrives late. It is written anew, but not at once, so that two
    /// who disagree do not race.
    /// </summary>
    private void Compare()
    {
        if (_turn == Turn.None && OthersWrote && !Timers.IsTimerActive(nameof(Disagreed))) Timers.StartSingleTimer(nameof(Disagreed), Disagreed.Instance, _kubelet.Settings.RetryPeriod);
    }

    private void Disagree()
    {
        if (_turn != Turn.None) Timers.StartSingleTimer(nameof(Disagreed), Disagreed.Instance, _kubelet.Settings.RetryPeriod);
        else if (OthersWrote) _written = Placed(_written, _pod.Status) with { Conditions = _pod.Status.Conditions };
        Publish();
    }

    /// <summary>The pod as last seen is newer than the last write, and its conditions, addresses or containers are others.</summary>
    private bool OthersWrote =>
        ObjectRevision > _writtenAt
        && (_written.Conditions.Any(own => PodConditions.Owned.Contains(own.Type) && _pod.Status.Conditions.FirstOrDefault(c => c.Type == own.Type)?.Status != own.Status)
            || Placed(_written, _pod.Status) != _written);

    /// <summary>A status with the addresses and containers of another one.</summary>
    private static PodStatus Placed(PodStatus status, PodStatus other) => status with
    {
        PodIP = other.PodIP,
        PodIPs = other.PodIPs,
        HostIP = other.HostIP,
        HostIPs = other.HostIPs,
        InitContainerStatuses = other.InitContainerStatuses,
        ContainerStatuses = other.ContainerStatuses,
    };

    private long ObjectRevision => long.TryParse(_pod.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private void DeleteWhenWritten()
    {
        _deleteWanted = true;
    }

    private void Delete()
    {
        if (!_kubelet.Shared.IsCurrent())
        {
            Timers.StartSingleTimer(nameof(Publish), Resync.Instance, Moment);
            return;
        }
        _deleting = true;
        _kubelet.Shared.ApiServer.Tell(new Delete(GroupVersionResource.Pods, _pod.Metadata.Name ?? "")
        {
            Namespace = _pod.Metadata.Namespace,
            Options = new Client.Requests.DeleteOptions { GracePeriodSeconds = 0, PreconditionUid = _pod.Metadata.Uid },
            User = _kubelet.User,
            FieldManager = "kubelet",
            Tag = Expect(WriteKind.Delete),
        });
    }

    /// <summary>The tag of the next write, which is given up when no answer comes.</summary>
    private WriteTag Expect(WriteKind kind)
    {
        var tag = new WriteTag(kind, ++_writes);
        Timers.StartSingleTimer(nameof(Unanswered), new Unanswered(tag), AnswerLimit);
        return tag;
    }

    private void On(Unanswered lost) => OnWritten(new Failed(lost.Tag, StatusErrors.InternalError("the API server has not answered")), lost.Tag);

    private void OnWritten(ApiReply reply, WriteTag tag)
    {
        if (tag.Number != _writes) return;
        _writes++;
        Timers.Cancel(nameof(Unanswered));
        if (tag.Kind == WriteKind.Delete)
        {
            // The watch tells when the object is gone; it may have a finalizer still, then nothing is left to do here.
            if (reply is Failed { Status.Code: not 404 }) Later(() => _deleting = false);
            return;
        }
        var sent = _sending!;
        _sending = null;
        LeaveTurn();
        if (reply is Succeeded succeeded)
        {
            _written = sent;
            _writtenAt = succeeded.Object.ResourceVersion;
            Compare();
            Adopt();
            Publish();
        }
        else if (reply is Failed { Status: var status } && status.Code != 404)
        {
            Context.GetLogger().Warning("Status of pod {0} was not written: {1}", PodName, status.Message);
            Later(() => { });
        }
    }

    private void Later(Action then)
    {
        then();
        Timers.StartSingleTimer(nameof(Publish), Resync.Instance, _kubelet.Settings.RetryPeriod);
    }
}
