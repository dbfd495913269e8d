using System.Globalization;
using System.Text;
using AkkaKube.Runtime.Shell;

namespace AkkaKube.Runtime.Applets;

/// <summary>printf</summary>
internal static class Printf
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2)
        {
            await process.Error("printf: usage: printf FORMAT [ARG]...");
            return 1;
        }

        var output = new PrintfOutput(process, FileSystem.NameOf(arguments[0]));
        var queue = new Queue<string>(arguments.Skip(arguments[1] == "--" ? 3 : 2));
        var format = arguments[1] == "--" ? arguments[2] : arguments[1];
        while (true)
        {
            var before = queue.Count;
            if (!Once(format, queue, output)) break;
            // The format is used again as long as it takes arguments.
            if (queue.Count == 0 || queue.Count == before) break;
        }

        return await output.Write();
    }

    private static bool Once(string format, Queue<string> arguments, PrintfOutput output)
    {
        for (var at = 0; at < format.Length;)
        {
            var c = format[at];
            if (c == '\\')
            {
                if (at + 1 < format.Length && format[at + 1] == 'c') return false;
                output.Append(Escapes.Read(format, ref at));
            }
            else if (c != '%' || at + 1 == format.Length)
            {
                output.Append(c);
                at++;
            }
            else if (format[at + 1] == '%')
            {
                output.Append('%');
                at += 2;
            }
            else if (!Conversion(format, ref at, arguments, output))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Conversion(string format, ref int at, Queue<string> arguments, PrintfOutput output)
    {
        at++;
        var flags = "";
        while (at < format.Length && "-+ 0#".Contains(format[at], StringComparison.Ordinal)) flags += format[at++];
        var width = Number(format, ref at, arguments) ?? 0;
        if (width < 0)
        {
            flags += "-";
            width = -width;
        }

        int? precision = null;
        if (at < format.Length && format[at] == '.')
        {
            at++;
            precision = Number(format, ref at, arguments) ?? 0;
        }

        while (at < format.Length && format[at] is 'l' or 'h' or 'z' or 'j') at++;
        if (at >= format.Length) return true;
        var kind = format[at++];
        var argument = arguments.Count > 0 ? arguments.Dequeue() : null;
        var text = "";
        switch (kind)
        {
            case 's':
                text = argument ?? "";
                break;
            case 'b':
                text = Escapes.Expand(argument ?? "", out var ended);
                if (ended)
                {
                    output.Append(text);
                    return false;
                }

                break;
            case 'c':
                text = argument is { Length: > 0 } ? argument[..1] : "";
                break;
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                text = Integer(kind, argument, flags, output);
                if (precision is { } digits) text = text.StartsWith('-') ? "-" + text[1..].PadLeft(digits, '0') : text.PadLeft(digits, '0');
                break;
            case 'f' or 'F' or 'e' or 'E' or 'g' or 'G':
                text = Floating(kind, argument, precision ?? 6, flags, output);
                break;
            default:
                text = "%" + kind;
                break;
        }

        if (kind is 's' or 'b' && precision is { } most && text.Length > most) text = text[..most];
        Pad(output, text, flags, width, zeros: kind is not ('s' or 'b' or 'c') && flags.Contains('0', StringComparison.Ordinal));
        return true;
    }

    private static void Pad(PrintfOutput output, string text, string flags, int width, bool zeros)
    {
        width = Math.Min(width, 4096);
        if (flags.Contains('-', StringComparison.Ordinal)) output.Append(text.PadRight(width));
        else if (!zeros || text.Length >= width) output.Append(text.PadLeft(width));
        else if (text.Length > 0 && text[0] is '-' or '+') output.Append(text[0]).Append(text[1..].PadLeft(width - 1, '0'));
        else output.Append(text.PadLeft(width, '0'));
    }

    private static int? Number(string format, ref int at, Queue<string> arguments)
    {
        if (at < format.Length && format[at] == '*')
        {
            at++;
            return arguments.Count > 0 && int.TryParse(arguments.Dequeue(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : 0;
        }

        var start = at;
        while (at < format.Length && char.IsAsciiDigit(format[at])) at++;
        return at == start ? null : int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 4096) : 4096;
    }

    private static string Integer(char kind, string? argument, string flags, PrintfOutput output)
    {
        var value = 0L;
        if (argument is { Length: > 1 } && argument[0] is '\'' or '"') value = argument[1];
        else if (!string.IsNullOrEmpty(argument) && ParseInteger(argument.Trim()) is { } parsed) value = parsed;
        else output.Invalid(argument ?? "");
        return kind switch
        {
            'x' => value.ToString("x", CultureInfo.InvariantCulture),
            'X' => value.ToString("X", CultureInfo.InvariantCulture),
            'o' => Convert.ToString(value, 8),
            'u' => ((ulong)value).ToString(CultureInfo.InvariantCulture),
            _ when value >= 0 && flags.Contains('+', StringComparison.Ordinal) => "+" + value.ToString(CultureInfo.InvariantCulture),
            _ when value >= 0 && flags.Contains(' ', StringComparison.Ordinal) => " " + value.ToString(CultureInfo.InvariantCulture),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static long? ParseInteger(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text.TrimStart('-', '+');
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? negative ? -hex : hex : null;
        }

        if (digits.Length > 1 && digits[0] == '0' && digits.All(c => c is >= '0' and <= '7') && digits.Length < 22) return negative ? -Convert.ToInt64(digits, 8) : Convert.ToInt64(digits, 8);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? negative ? -value : value : null;
    }

    private static string Floating(char kind, string? argument, int precision, string flags, PrintfOutput output)
    {
        var value = 0.0;
        if (!string.IsNullOrEmpty(argument) && !double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) output.Invalid(argument);
        precision = Math.Min(precision, 60);
        var text = kind switch
        {
            'f' or 'F' => value.ToString("F" + precision, CultureInfo.InvariantCulture),
            'e' or 'E' => value.ToString((kind == 'e' ? "0." : "0.") + new string('0', precision) + (kind == 'e' ? "e+00" : "E+00"), CultureInfo.InvariantCulture),
            _ => value.ToString("G" + Math.Max(1, precision), CultureInfo.InvariantCulture).ToLowerInvariant(),
        };
        return value >= 0 && flags.Contains('+', StringComparison.Ordinal) ? "+" + text : text;
    }
}

/// <summary>What printf prints and what it complains of, in their order.</summary>
internal sealed class PrintfOutput(Process process, string name)
{
    private readonly List<(bool IsError, StringBuilder Text)> _pieces = [(false, new StringBuilder())];
    private bool _failed;

    public PrintfOutput Append(string text)
    {
        _pieces[^1].Text.Append(text);
        return this;
    }

    public PrintfOutput Append(char c)
    {
        _pieces[^1].Text.Append(c);
        return this;
    }

    public void Invalid(string argument)
    {
        _failed = true;
        _pieces.Add((true, new StringBuilder($"{name}: invalid number '{argument}'")));
        _pieces.Add((false, new StringBuilder()));
    }

    public async Routine<int> Write()
    {
        foreach (var (isError, text) in _pieces)
        {
            if (isError) await process.Error(text.ToString());
            else if (text.Length > 0) await process.Print(text.ToString());
        }

        return _failed ? 1 : 0;
    }
}
