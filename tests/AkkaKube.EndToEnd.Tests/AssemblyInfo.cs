// Each cluster is a process of its own with two cores' worth of work: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
