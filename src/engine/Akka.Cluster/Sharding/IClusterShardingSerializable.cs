namespace Akka.Cluster.Sharding;

/// <summary>A message of sharding that goes between hosts.</summary>
public interface IClusterShardingSerializable;

/// <summary>A message that tells a region to do something.</summary>
public interface IShardRegionCommand;

/// <summary>A message that asks a region what it has.</summary>
public interface IShardRegionQuery;
