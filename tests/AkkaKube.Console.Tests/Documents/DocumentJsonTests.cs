using System.Text;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tests.Documents;

public sealed class DocumentJsonTests
{
    public static TheoryData<Document, string> All => new()
    {
        { new Document.Table(["A", "B"], [["x", 7], [new Cell(null), "\"ö\n"]]), """{"columns":["A","B"],"rows":[["x",7],[null,"\"ö\n"]]}""" },
        { new Document.Text("two\nlines"), """{"text":"two\nlines"}""" },
        { new Document.Done("done"), """{"ok":true,"message":"done"}""" },
        { new Document.Failure("usage", "no"), """{"error":{"code":"usage","message":"no"}}""" },
        { new Document.Failure("usage", "no") { Nearest = ["cluster show"] }, """{"error":{"code":"usage","message":"no","nearest":["cluster show"]}}""" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Documents_have_their_shape_and_come_back_as_they_went(Document document, string json)
    {
        DocumentJson.WriteText(document).ShouldBe(json);
        DocumentJson.Read(Encoding.UTF8.GetBytes(json)).ShouldBe(document);
    }

    [Fact]
    public void Fields_of_a_later_version_are_passed_over() =>
        DocumentJson.Read("""{"columns":["A"],"rows":[["x"]],"colours":["red"]}"""u8.ToArray()).ShouldBe(new Document.Table(["A"], [["x"]]));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"columns\":7}")]
    [InlineData("<html>")]
    public void What_is_no_document_is_refused(string json) =>
        Should.Throw<FormatException>(() => DocumentJson.Read(Encoding.UTF8.GetBytes(json))).Message.ShouldContain("no document");
}
