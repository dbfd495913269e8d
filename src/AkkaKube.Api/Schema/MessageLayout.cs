namespace AkkaKube.Api.Schema;

/// <summary>The numbers of a protobuf message: those of fields, and those under which a Go struct is embedded whose fields JSON has in line.</summary>
internal sealed class MessageLayout
{
    private readonly Dictionary<int, FieldSchema> _fields = [];
    private readonly Dictionary<int, MessageLayout> _embedded = [];

    /// <summary>A message around these fields.</summary>
    /// <param name="fields">Those that lie in this message or below it.</param>
    /// <param name="depth">How many messages are around it.</param>
    public MessageLayout(IEnumerable<FieldSchema> fields, int depth)
    {
        foreach (var group in fields.GroupBy(field => field.Number[depth]))
        {
            if (group.First().Number.Length == depth + 1) _fields.Add(group.Key, group.Single());
            else _embedded.Add(group.Key, new MessageLayout(group, depth + 1));
        }
    }

    public FieldSchema? Field(int number) => _fields.GetValueOrDefault(number);

    public MessageLayout? Embedded(int number) => _embedded.GetValueOrDefault(number);
}
