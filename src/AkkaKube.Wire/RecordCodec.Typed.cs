using System.Linq.Expressions;
using AkkaKube.Wire.Codecs;

namespace AkkaKube.Wire;

/// <inheritdoc/>
/// <typeparam name="T">The record.</typeparam>
internal sealed class RecordCodec<T> : RecordCodec
{
    private readonly Lazy<(Action<WireWriter, T> Write, Func<WireReader, T> Read)> _made;

    private RecordCodec() : base(typeof(T)) => _made = new(Make);

    public override void Prepare() => _ = _made.Value;

    public void Write(WireWriter writer, T record) => _made.Value.Write(writer, record);

    public T Read(WireReader reader) => _made.Value.Read(reader);

    internal override void WriteFields(WireWriter writer, object record) => Write(writer, (T)record);

    internal override object ReadFields(WireReader reader) => Read(reader)!;

    private static (Action<WireWriter, T> Write, Func<WireReader, T> Read) Make()
    {
        var shape = RecordShape.Of(typeof(T));
        var fields = shape.Members.Select(member => Field(shape, member)).ToArray();
        foreach (var twice in fields.GroupBy(field => field.Key).Where(group => group.Count() > 1))
        {
            throw new WireException($"the fields {string.Join(" and ", twice.Select(field => field.Name))} of {typeof(T)} have the same key on the wire; rename one");
        }
        return (MakeWrite(shape, fields), MakeRead(shape, fields));
    }

    private static RecordField Field(RecordShape shape, Member member)
    {
        Codec codec;
        try { codec = FieldTypes.Of(member.Type); }
        catch (WireException problem) { throw new WireException($"{typeof(T)}.{member.Name}: {problem.Message}"); }
        return (RecordField)Activator.CreateInstance(typeof(RecordField<>).MakeGenericType(member.Type), member.Name, codec, member.IsNeverNull, shape.HasNothingWithout(member))!;
    }

    /// <summary><c>field1.Write(writer, record.Field1); ...</c></summary>
    private static Action<WireWriter, T> MakeWrite(RecordShape shape, RecordField[] fields)
    {
        var (writer, record) = (Expression.Parameter(typeof(WireWriter)), Expression.Parameter(typeof(T)));
        var body = shape.Members.Select((member, i) => (Expression)Expression.Call(
            Expression.Constant(fields[i]), nameof(RecordField<int>.Write), null, writer, Expression.PropertyOrField(record, member.Name)));
        return Expression.Lambda<Action<WireWriter, T>>(Expression.Block([.. body, Expression.Empty()]), writer, record).Compile();
    }

    /// <summary>Reads the fields in whatever order they come into variables, then makes the record of them.</summary>
    private static Func<WireReader, T> MakeRead(RecordShape shape, RecordField[] fields)
    {
        var reader = Expression.Parameter(typeof(WireReader));
        var key = Expression.Variable(typeof(uint));
        var result = Expression.Variable(typeof(T));
        var values = shape.Members.Select(member => Expression.Variable(member.Type, member.Name)).ToArray();
        var found = shape.Members.Select(member => Expression.Variable(typeof(bool))).ToArray();
        var done = Expression.Label();
        var body = new List<Expression>();

        for (var i = 0; i < fields.Length; i++)
        {
            var parameter = shape.Members[i].Parameter;
            Expression missing = parameter is { HasDefaultValue: true, DefaultValue: not null }
                ? Expression.Convert(Expression.Constant(parameter.DefaultValue), shape.Members[i].Type)
                : Expression.Property(Expression.Constant(fields[i]), nameof(RecordField<int>.Missing));
            body.Add(Expression.Assign(values[i], missing));
        }

        var skip = Expression.Call(reader, nameof(WireReader.Skip), null, Expression.Convert(Expression.And(key, Expression.Constant(7u)), typeof(WireType)));
        var cases = fields.Select((field, i) => Expression.SwitchCase(
            Expression.Block(
                typeof(void),
                Expression.Assign(values[i], Expression.Call(Expression.Constant(field), nameof(RecordField<int>.Read), null, reader)),
                Expression.Assign(found[i], Expression.Constant(true))),
            Expression.Constant(field.Key))).ToArray();
        body.Add(Expression.Loop(
            Expression.Block(
                Expression.Assign(key, Expression.Call(reader, nameof(WireReader.Key), null)),
                Expression.IfThen(Expression.Equal(key, Expression.Constant(0u)), Expression.Break(done)),
                cases.Length == 0 ? skip : Expression.Switch(typeof(void), key, skip, null, cases)),
            done));

        var arguments = shape.Constructor?.GetParameters().Select(parameter => (Expression)values[Array.FindIndex(shape.Members, member => member.Parameter == parameter)]);
        body.Add(Expression.Assign(result, shape.Constructor is { } constructor ? Expression.New(constructor, arguments!) : Expression.New(typeof(T))));
        for (var i = 0; i < fields.Length; i++)
        {
            if (shape.Members[i].Parameter is not null) continue;
            body.Add(Expression.IfThen(found[i], Expression.Assign(Expression.PropertyOrField(result, shape.Members[i].Name), values[i])));
        }
        body.Add(result);
        return Expression.Lambda<Func<WireReader, T>>(Expression.Block([key, result, .. values, .. found], body), reader).Compile();
    }
}
