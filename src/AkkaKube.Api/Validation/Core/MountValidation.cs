using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Where a container sees the volumes of its pod: as directories (mounts) or as raw devices.</summary>
internal static class MountValidation
{
    public static void CheckMounts(FieldErrors errors, FieldPath path, Container container, VolumeNames volumes)
    {
        var mounts = container.VolumeMounts;
        for (var i = 0; i < mounts.Count; i++)
        {
            var mount = mounts[i];
            var volume = volumes.Find(mount.Name);
            if (mount.Name.Length == 0) errors.Required(path.Index(i).Child("name"));
            if (volume is null) errors.NotFound(path.Index(i).Child("name"), mount.Name);
            if (mount.MountPath.Length == 0) errors.Required(path.Index(i).Child("mountPath"));
            if (IsMountedBefore(mounts, i)) errors.Invalid(path.Index(i).Child("mountPath"), mount.MountPath, "must be unique");
            foreach (var device in container.VolumeDevices)
                if (device.Name == mount.Name)
                {
                    errors.Invalid(path.Index(i).Child("name"), mount.Name, "must not already exist in volumeDevices");
                    break;
                }
            foreach (var device in container.VolumeDevices)
                if (device.DevicePath == mount.MountPath)
                {
                    errors.Invalid(path.Index(i).Child("mountPath"), mount.MountPath, "must not already exist as a path in volumeDevices");
                    break;
                }
            CheckSubPath(errors, path, i, mount);
            if (mount.MountPropagation is { } propagation) CheckPropagation(errors, path.Child("mountPropagation"), propagation, container);
            if (mount.RecursiveReadOnly is { } recursive) CheckRecursiveReadOnly(errors, path.Child("recursiveReadOnly"), recursive, mount);
        }
    }

    public static void CheckDevices(FieldErrors errors, FieldPath path, Container container, VolumeNames volumes)
    {
        if (container.VolumeDevices.Count == 0) return;
        var names = new HashSet<string>();
        var paths = new HashSet<string>();
        for (var i = 0; i < container.VolumeDevices.Count; i++)
        {
            var device = container.VolumeDevices[i];
            var place = path.Index(i);
            if (device.Name.Length == 0) errors.Required(place.Child("name"));
            if (names.Contains(device.Name)) errors.Invalid(place.Child("name"), device.Name, "must be unique");
            if (volumes.Find(device.Name) is not { } volume) errors.NotFound(place.Child("name"), device.Name);
            else if (volume is { PersistentVolumeClaim: null, Ephemeral: null })
                errors.Invalid(place.Child("name"), device.Name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            if (device.DevicePath.Length == 0) errors.Required(place.Child("devicePath"));
            if (paths.Contains(device.DevicePath)) errors.Invalid(place.Child("devicePath"), device.DevicePath, "must be unique");
            if (LocalPaths.HasBackstep(device.DevicePath)) errors.Invalid(place.Child("devicePath"), device.DevicePath, "can not contain backsteps ('..')");
            else paths.Add(device.DevicePath);
            foreach (var mount in container.VolumeMounts)
                if (mount.Name == device.Name)
                {
                    errors.Invalid(place.Child("name"), device.Name, "must not already exist in volumeMounts");
                    break;
                }
            foreach (var mount in container.VolumeMounts)
                if (mount.MountPath == device.DevicePath)
                {
                    errors.Invalid(place.Child("devicePath"), device.DevicePath, "must not already exist as a path in volumeMounts");
                    break;
                }
            if (device.Name.Length > 0) names.Add(device.Name);
        }
    }

    private static bool IsMountedBefore(ValueList<VolumeMount> mounts, int index)
    {
        for (var i = 0; i < index; i++)
            if (mounts[i].MountPath == mounts[index].MountPath) return true;
        return false;
    }

    private static void CheckSubPath(FieldErrors errors, FieldPath path, int index, VolumeMount mount)
    {
        if (!string.IsNullOrEmpty(mount.SubPath)) LocalPaths.CheckDescending(errors, path.Child("subPath"), mount.SubPath);
        if (string.IsNullOrEmpty(mount.SubPathExpr)) return;
        if (!string.IsNullOrEmpty(mount.SubPath)) errors.Invalid(path.Index(index).Child("subPathExpr"), mount.SubPathExpr, "subPathExpr and subPath are mutually exclusive");
        LocalPaths.CheckDescending(errors, path.Child("subPathExpr"), mount.SubPathExpr);
    }

    private static void CheckPropagation(FieldErrors errors, FieldPath path, string propagation, Container container)
    {
        if (propagation is not ("Bidirectional" or "HostToContainer" or "None")) errors.NotSupported(path, propagation, "Bidirectional", "HostToContainer", "None");
        if (propagation == "Bidirectional" && container.SecurityContext?.Privileged is not true)
            errors.Forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
    }

    private static void CheckRecursiveReadOnly(FieldErrors errors, FieldPath path, string recursive, VolumeMount mount)
    {
        switch (recursive)
        {
            case "Disabled":
                break;
            case "Enabled" or "IfPossible":
                if (!mount.ReadOnly) errors.Forbidden(path, "may only be specified when readOnly is true");
                if (mount.MountPropagation is { } propagation && propagation != "None")
                    errors.Forbidden(path, "may only be specified when mountPropagation is None or not specified");
                break;
            default:
                errors.NotSupported(path, recursive, "Disabled", "Enabled", "IfPossible");
                break;
        }
    }
}
