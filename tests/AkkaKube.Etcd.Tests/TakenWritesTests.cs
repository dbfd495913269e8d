namespace AkkaKube.Etcd.Tests;

public sealed class TakenWritesTests
{
    private static EtcdShard.Written Written(long number) => new(number, new Change("key", new byte[3], number + 1, false));

    [Fact]
    public void The_result_of_a_write_is_known_without_the_value_that_its_writer_has()
    {
        var taken = new TakenWrites();
        taken.Take(5);
        taken.Find(5, isAgain: true, out _).ShouldBe(TakenWrites.State.Pending);
        taken.Finish(5, Written(5));
        taken.Find(5, isAgain: true, out var written).ShouldBe(TakenWrites.State.Done);
        written!.Change.Revision.ShouldBe(6);
        written.Change.Value.IsEmpty.ShouldBeTrue();
        taken.Last.ShouldBe(5);
    }

    [Fact]
    public void What_is_too_long_ago_is_not_known_and_what_never_came_is_new()
    {
        var taken = new TakenWrites(kept: 2);
        foreach (var number in new long[] { 1, 2, 4 }) taken.Take(number);
        taken.Find(1, isAgain: true, out _).ShouldBe(TakenWrites.State.Forgotten);
        taken.Find(3, isAgain: true, out _).ShouldBe(TakenWrites.State.New);
        taken.Find(1, isAgain: false, out _).ShouldBe(TakenWrites.State.New);
        taken.Finish(1, Written(1));
        taken.Find(1, isAgain: true, out var written).ShouldBe(TakenWrites.State.Forgotten);
        written.ShouldBeNull();
    }
}
