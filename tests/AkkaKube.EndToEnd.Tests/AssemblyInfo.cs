using System.Runtime.Versioning;

// Each cluster is a process of its own with two cores' worth of work: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// Unix file modes and signals are what is looked at.
[assembly: SupportedOSPlatform("linux")]
