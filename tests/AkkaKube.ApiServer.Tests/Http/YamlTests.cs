using System.Text;
using System.Text.Json.Nodes;
using AkkaKube.ApiServer.Http;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.ApiServer.Tests.Http;

public sealed class YamlTests
{
    private static string Json(string yaml) => Encoding.UTF8.GetString(YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml)).Span);

    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: \"1\"", """{"a":"1"}""")]
    [InlineData("a: 010", """{"a":8}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: 100m", """{"a":"100m"}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: yes\nb: off\nc: true", """{"a":true,"b":false,"c":true}""")]
    [InlineData("a: null\nb: ~\nc:", """{"a":null,"b":null,"c":null}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("- 1\n- [a, {b: c}]", """[1,["a",{"b":"c"}]]""")]
    [InlineData("a: &x {b: 1}\nc: *x", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("a: &x {b: 1, d: 2}\nc:\n  <<: *x\n  d: 3", """{"a":{"b":1,"d":2},"c":{"d":3,"b":1}}""")]
    [InlineData("{\"a\": [1, true, \"x\"]}", """{"a":[1,true,"x"]}""")]
    [InlineData("2001: x", """{"2001":"x"}""")]
    [InlineData("", "null")]
    public void A_document_becomes_the_JSON_that_Kubernetes_reads_in_it(string yaml, string json) => Json(yaml).ShouldBe(json);

    [Fact]
    public void What_is_no_YAML_says_in_which_line() => Should.Throw<FormatException>(() => Json("a: 1\nb: [")).Message.ShouldStartWith("yaml: line");

    [Fact]
    public void A_document_that_grows_out_of_a_few_lines_is_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 12; i++) bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Should.Throw<FormatException>(() => Json(bomb.ToString()));
    }

    [Fact]
    public void YAML_that_the_server_writes_is_read_as_the_same_JSON() => Prop.ForAll(Documents.ToArbitrary(), document =>
        JsonNode.DeepEquals(JsonNode.Parse(YamlToJson.Convert(JsonToYaml.Convert(Encoding.UTF8.GetBytes(document.ToJsonString()))).Span), document)).QuickCheckThrowOnFailure();

    private static Gen<string> Texts => Gen.Elements(
        "", "plain", "two words", "yes", "null", "1", "0x10", "1.5", "a: b", "a #b", "- x", " lead", "trail ", "line\nline", "line\n", "\nline", "line\n\n", "tab\tx", "quote\"'", "ü€😀", "#", "&a", "*", "!x", "%", "@", "`", "{", "[", "a:", "~", "<<", "=", ".5", "12:30:45", "on", "|", ">");

    private static Gen<JsonNode> Documents => Gen.Sized(size => Node(Math.Min(size, 12)));

    private static Gen<JsonNode> Node(int size)
    {
        var leaf = Gen.OneOf(Texts.Select(text => (JsonNode)JsonValue.Create(text)!), Gen.Choose(-9, 99999).Select(number => (JsonNode)JsonValue.Create(number)), Gen.Elements(true, false).Select(flag => (JsonNode)JsonValue.Create(flag)));
        if (size <= 1) return leaf;
        var list = Node(size / 2).ListOf().Select(items => (JsonNode)new JsonArray([.. items.Select(item => item.DeepClone())]));
        var map = Gen.Zip(Texts, Node(size / 2)).ListOf().Select(members =>
        {
            var made = new JsonObject();
            foreach (var (name, value) in members) made[name] = value.DeepClone();
            return (JsonNode)made;
        });
        return Gen.OneOf(leaf, list, map);
    }
}
