using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Tests.Configuration;

/// <summary>Texts that are put together from several files.</summary>
public sealed class HoconIncludeSpec : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Config Load(string name) => ConfigurationFactory.ParseString($"include required(file(\"{Write(name, null)}\"))");

    private string Write(string name, string? text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (text is not null) File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void A_file_is_included_relative_to_the_including_file()
    {
        Write("main.conf", "include \"sub/a.conf\"\nx = 1\ninclude file(\"sub/a\")");
        Write("sub/a.conf", "include \"b.conf\"\nx = 2, y = 2");
        Write("sub/b.conf", "y = 3, z = 3");
        var config = Load("main.conf");
        config.GetInt("x").ShouldBe(2);
        config.GetInt("y").ShouldBe(2);
        config.GetInt("z").ShouldBe(3);
    }

    [Fact]
    public void A_missing_file_is_nothing_unless_required()
    {
        Write("main.conf", "include \"none.conf\"\nx = 1");
        Load("main.conf").GetInt("x").ShouldBe(1);
        var path = Write("strict.conf", "x = 1\n  include required(\"none.conf\")");
        Should.Throw<ConfigurationException>(() => Load("strict.conf")).Message.ShouldBe($"{path}:2:3: the required file \"none.conf\" is not there");
    }

    [Fact]
    public void References_of_an_included_file_start_at_the_object_that_includes_it()
    {
        Write("main.conf", "outer { include \"a.conf\" }\nroot = 5");
        Write("a.conf", "x = 1, y = ${x}, z = ${root}, l += 1");
        var config = Load("main.conf");
        config.GetInt("outer.y").ShouldBe(1);
        config.GetInt("outer.z").ShouldBe(5);
    }

    [Fact]
    public void An_error_names_the_file_it_is_in()
    {
        Write("main.conf", "include \"a.conf\"");
        var path = Write("a.conf", "x = 1\ny = [");
        Should.Throw<ConfigurationException>(() => Load("main.conf")).Message.ShouldStartWith($"{path}:2:5: expected a closing ']'");
        Write("a.conf", "n = many");
        Should.Throw<ConfigurationException>(() => Load("main.conf").GetInt("n")).Message.ShouldBe($"{path}:1:5: n: expected a whole number, found 'many'");
    }

    [Fact]
    public void A_file_that_includes_itself_is_refused()
    {
        Write("main.conf", "include \"main.conf\"");
        Should.Throw<ConfigurationException>(() => Load("main.conf")).Message.ShouldEndWith("\"main.conf\" includes itself");
    }

    [Fact]
    public void A_callback_answers_the_includes()
    {
        var config = ConfigurationFactory.ParseString("a { include \"x\" }", name => Parser.Parse($"from = {name}", null));
        config.GetString("a.from").ShouldBe("x");
    }

    [Fact]
    public void Include_is_a_key_when_no_name_follows() => ConfigurationFactory.ParseString("include = 1, b { include { c = 2 } }").GetInt("b.include.c").ShouldBe(2);
}
