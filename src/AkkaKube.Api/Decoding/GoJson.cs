using System.Globalization;
using System.Text;

namespace AkkaKube.Api.Decoding;

/// <summary>Says what is wrong with broken JSON, in the words of Go's encoding/json.</summary>
internal static class GoJson
{
    /// <summary>The complaint about <paramref name="json"/>; null where there is none.</summary>
    public static string? Complaint(ReadOnlySpan<byte> json)
    {
        var scan = new Scan(json);
        scan.Space();
        if (!scan.Value("looking for beginning of value"))
            return scan.Error;
        scan.Space();
        return scan.AtEnd ? null : scan.Unexpected("after top-level value");
    }

    private ref struct Scan(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private int _at;

        public string? Error { get; private set; }

        public readonly bool AtEnd => _at >= _json.Length;

        public void Space()
        {
            while (!AtEnd && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
        }

        public bool Value(string where)
        {
            if (AtEnd)
                return End();
            switch (_json[_at])
            {
                case (byte)'{': return Object();
                case (byte)'[': return Array();
                case (byte)'"': return String();
                case (byte)'t': return Literal("true");
                case (byte)'f': return Literal("false");
                case (byte)'n': return Literal("null");
                case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): return Number();
                default:
                    Unexpected(where);
                    return false;
            }
        }

        public string Unexpected(string where)
        {
            if (AtEnd)
            {
                End();
                return Error!;
            }

            return Error = $"invalid character {Quoted()} {where}";
        }

        private bool End()
        {
            Error = "unexpected end of JSON input";
            return false;
        }

        private bool Fail(string where)
        {
            Unexpected(where);
            return false;
        }

        private bool Object()
        {
            _at++;
            Space();
            if (!AtEnd && _json[_at] == '}')
            {
                _at++;
                return true;
            }

            while (true)
            {
                Space();
                if (AtEnd || _json[_at] != '"')
                    return Fail("looking for beginning of object key string");
                if (!String())
                    return false;
                Space();
                if (AtEnd || _json[_at] != ':')
                    return Fail("after object key");
                _at++;
                Space();
                if (!Value("looking for beginning of value"))
                    return false;
                Space();
                if (AtEnd)
                    return End();
                if (_json[_at] == '}')
                {
                    _at++;
                    return true;
                }

                if (_json[_at] != ',')
                    return Fail("after object key:value pair");
                _at++;
            }
        }

        private bool Array()
        {
            _at++;
            Space();
            if (!AtEnd && _json[_at] == ']')
            {
                _at++;
                return true;
            }

            while (true)
            {
                Space();
                if (!Value("looking for beginning of value"))
                    return false;
                Space();
                if (AtEnd)
                    return End();
                if (_json[_at] == ']')
                {
                    _at++;
                    return true;
                }

                if (_json[_at] != ',')
                    return Fail("after array element");
                _at++;
            }
        }

        private bool String()
        {
            for (_at++; !AtEnd; _at++)
            {
                var c = _json[_at];
                if (c == '"')
                {
                    _at++;
                    return true;
                }

                if (c < 0x20)
                    return Fail("in string literal");
                if (c != '\\')
                    continue;
                _at++;
                if (AtEnd)
                    return End();
                if (_json[_at] == 'u')
                {
                    for (var i = 0; i < 4; i++)
                    {
                        _at++;
                        if (AtEnd)
                            return End();
                        if (!char.IsAsciiHexDigit((char)_json[_at]))
                            return Fail("in \\u hexadecimal character escape");
                    }
                }
                else if (!"bfnrt\\/\"".Contains((char)_json[_at], StringComparison.Ordinal))
                    return Fail("in string escape code");
            }

            return End();
        }

        private bool Literal(string word)
        {
            for (var i = 1; i < word.Length; i++)
            {
                _at++;
                if (AtEnd)
                    return End();
                if (_json[_at] != word[i])
                    return Fail($"in literal {word} (expecting '{word[i]}')");
            }

            _at++;
            return true;
        }

        private bool Number()
        {
            if (_json[_at] == '-')
            {
                _at++;
                if (AtEnd || !char.IsAsciiDigit((char)_json[_at]))
                    return Fail("in numeric literal");
            }

            if (_json[_at] == '0')
                _at++;
            else
                Digits();
            if (!AtEnd && _json[_at] == '.')
            {
                _at++;
                if (AtEnd || !char.IsAsciiDigit((char)_json[_at]))
                    return Fail("after decimal point in numeric literal");
                Digits();
            }

            if (!AtEnd && _json[_at] is (byte)'e' or (byte)'E')
            {
                _at++;
                if (!AtEnd && _json[_at] is (byte)'+' or (byte)'-')
                    _at++;
                if (AtEnd || !char.IsAsciiDigit((char)_json[_at]))
                    return Fail("in exponent of numeric literal");
                Digits();
            }

            return true;
        }

        private void Digits()
        {
            while (!AtEnd && char.IsAsciiDigit((char)_json[_at])) _at++;
        }

        /// <summary>A character as Go's quoteChar shows it: bytes one by one.</summary>
        private readonly string Quoted() => _json[_at] switch
        {
            (byte)'\'' => @"'\''",
            (byte)'"' => "'\"'",
            (byte)'\\' => @"'\\'",
            (byte)'\n' => @"'\n'",
            (byte)'\t' => @"'\t'",
            (byte)'\r' => @"'\r'",
            (byte)'\b' => @"'\b'",
            (byte)'\f' => @"'\f'",
            (byte)'\v' => @"'\v'",
            (byte)'\a' => @"'\a'",
            < 0x20 or 0x7f => string.Create(CultureInfo.InvariantCulture, $@"'\x{_json[_at]:x2}'"),
            < 0x80 => $"'{(char)_json[_at]}'",
            >= 0x80 and < 0xa0 => string.Create(CultureInfo.InvariantCulture, $@"'\u{(int)_json[_at]:x4}'"),
            _ => $"'{Encoding.Latin1.GetString(_json.Slice(_at, 1))}'",
        };
    }
}
