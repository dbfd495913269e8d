namespace AkkaKube.Api;

/// <summary>An object as a client sends it: a record of the model, or JSON that nobody has looked at yet.</summary>
public sealed class ObjectBody
{
    private readonly IApiObject? _object;
    private ReadOnlyMemory<byte> _utf8;

    private ObjectBody(IApiObject? o, ReadOnlyMemory<byte> utf8) => (_object, _utf8) = (o, utf8);

    /// <summary>The record, where the client sent one.</summary>
    public IApiObject? Object => _object;

    /// <summary>The JSON, as the client sent it or made of the record when first asked for.</summary>
    public ReadOnlyMemory<byte> Utf8
    {
        get
        {
            if (_utf8.IsEmpty && _object is not null)
                _utf8 = ApiJson.Utf8(_object);
            return _utf8;
        }
    }

    /// <summary>A record of the model.</summary>
    public static ObjectBody Of(IApiObject o) => new(o, default);

    /// <summary>JSON in UTF-8.</summary>
    public static ObjectBody Json(ReadOnlyMemory<byte> utf8) => new(null, utf8);
}
