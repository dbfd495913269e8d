using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Shell;

/// <summary>Expands words: parameters, substitutions, arithmetic, then splitting and file names.</summary>
internal sealed class Expansion(ShellInterpreter shell)
{
    /// <summary>The fields of words: what becomes of the words of a command.</summary>
    public async Routine<List<string>> Words(IReadOnlyList<Word> words)
    {
        var result = new List<string>();
        foreach (var word in words)
        {
            if (word.PlainText is { } plain && !Pattern.HasMagic(plain))
            {
                result.Add(plain);
                continue;
            }

            var fields = new Fields(shell.Separators);
            await Into(fields, word);
            foreach (var (text, pattern) in fields.All)
            {
                if (shell.NoGlob || !Pattern.HasMagic(pattern)) result.Add(text);
                else result.AddRange(Globbing.Expand(shell.Process.Files, shell.Process.WorkingDirectory, pattern) is { Count: > 0 } names ? names : [text]);
            }
        }

        return result;
    }

    /// <summary>A word as one text: the value of an assignment, a file to redirect to.</summary>
    public async Routine<string> Text(Word word) => Pattern.Unescape(await AsPattern(word, escapePlain: true));

    /// <summary>A word as a pattern, in which what was quoted stands for itself.</summary>
    public Routine<string> PatternOf(Word word) => AsPattern(word, escapePlain: false);

    private async Routine<string> AsPattern(Word word, bool escapePlain)
    {
        var result = new StringBuilder();
        foreach (var part in word.Parts)
        {
            string text;
            switch (part)
            {
                case WordPart.Literal literal:
                    text = literal.Text;
                    break;
                case WordPart.Tilde tilde:
                    text = shell.HomeOf(tilde.User);
                    break;
                case WordPart.Substitution substitution:
                    text = await shell.Substitute(substitution.Body);
                    break;
                case WordPart.Arithmetic arithmetic:
                    text = await Evaluate(arithmetic);
                    break;
                default:
                    var (values, operand) = await Parameter((WordPart.Parameter)part);
                    if (operand is not null)
                    {
                        result.Append(await AsPattern(operand, escapePlain || part.Quoted));
                        continue;
                    }

                    text = string.Join(' ', values);
                    break;
            }

            result.Append(part.Quoted || escapePlain ? Pattern.Escape(text) : text);
        }

        return result.ToString();
    }

    private async Routine<bool> Into(Fields fields, Word word)
    {
        foreach (var part in word.Parts)
        {
            switch (part)
            {
                case WordPart.Literal { Quoted: true } quoted:
                    fields.Quoted(quoted.Text);
                    break;
                case WordPart.Literal literal:
                    fields.Plain(literal.Text);
                    break;
                case WordPart.Tilde tilde:
                    fields.Quoted(shell.HomeOf(tilde.User));
                    break;
                case WordPart.Substitution substitution:
                    Add(fields, await shell.Substitute(substitution.Body), substitution.Quoted);
                    break;
                case WordPart.Arithmetic arithmetic:
                    Add(fields, await Evaluate(arithmetic), arithmetic.Quoted);
                    break;
                case WordPart.Parameter parameter:
                    await Into(fields, parameter, word.Parts.Count == 1);
                    break;
            }
        }

        return true;
    }

    private async Routine<bool> Into(Fields fields, WordPart.Parameter parameter, bool alone)
    {
        var (values, operand) = await Parameter(parameter);
        if (operand is not null)
        {
            // "${x:-a b}" is one field though empty; ${x:-a b} is split by its own parts.
            if (parameter.Quoted) fields.Quoted(await Text(operand));
            else await IntoUnquoted(fields, operand);
            return true;
        }

        if (parameter.Name == "@" && parameter.Quoted)
        {
            for (var i = 0; i < values.Count; i++)
            {
                if (i > 0) fields.Break();
                fields.Quoted(values[i]);
            }

            return alone;
        }

        if (parameter.Name is "@" or "*" && !parameter.Quoted)
        {
            for (var i = 0; i < values.Count; i++)
            {
                if (i > 0) fields.Break();
                fields.Split(values[i]);
            }

            return true;
        }

        var joined = parameter.Name == "*" ? string.Join(shell.Separators.Length > 0 ? shell.Separators[..1] : "", values) : string.Concat(values);
        Add(fields, joined, parameter.Quoted);
        return true;
    }

    /// <summary>The operand of an unquoted expansion: its own plain text is split too.</summary>
    private async Routine<bool> IntoUnquoted(Fields fields, Word operand)
    {
        foreach (var part in operand.Parts)
        {
            if (part is WordPart.Literal { Quoted: false } literal) fields.Split(literal.Text);
            else await Into(fields, new Word([part]));
        }

        return true;
    }

    private static void Add(Fields fields, string text, bool quoted)
    {
        if (quoted) fields.Quoted(text);
        else fields.Split(text);
    }

    private async Routine<string> Evaluate(WordPart.Arithmetic arithmetic)
    {
        var expression = await Text(arithmetic.Expression);
        return Arithmetic.Evaluate(expression, shell.Get, (name, value) => shell.Set(name, value)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The values of a parameter (several only for $@ and $*), or the word that stands in for it.</summary>
    private async Routine<(IReadOnlyList<string> Values, Word? Word)> Parameter(WordPart.Parameter parameter)
    {
        var values = shell.Parameter(parameter.Name);
        var joined = values is null ? null : string.Join(' ', values);
        var isSet = values is not null && (parameter.Name is not ("@" or "*") || values.Count > 0);
        switch (parameter.Operator)
        {
            case "-" when !isSet:
            case ":-" when !isSet || joined!.Length == 0:
            case "+" when isSet:
            case ":+" when isSet && joined!.Length > 0:
                return ([], parameter.Operand);
            case "+" or ":+":
                return ([], null);
            case "=" when !isSet:
            case ":=" when !isSet || joined!.Length == 0:
                var value = await Text(parameter.Operand!);
                shell.Set(parameter.Name, value);
                return ([value], null);
            case "?" when !isSet:
            case ":?" when !isSet || joined!.Length == 0:
                var message = await Text(parameter.Operand!);
                throw new ShellErrorException($"{parameter.Name}: {(message.Length > 0 ? message : parameter.Operator == ":?" ? "parameter null or not set" : "parameter not set")}");
        }

        if (!isSet && shell.NoUnset && parameter.Name is not ("@" or "*")) throw new ShellErrorException($"{parameter.Name}: parameter not set");
        switch (parameter.Operator)
        {
            case "length":
                return ([(parameter.Name is "@" or "*" ? values?.Count ?? 0 : joined?.Length ?? 0).ToString(CultureInfo.InvariantCulture)], null);
            case "%" or "%%" or "#" or "##":
                var pattern = await PatternOf(parameter.Operand!);
                return ([.. (values ?? []).Select(v => Pattern.Strip(v, pattern, parameter.Operator[0] == '#', parameter.Operator.Length == 2))], null);
            case "/" or "//":
                var search = await PatternOf(parameter.Operand!);
                var replacement = parameter.Second is null ? "" : await Text(parameter.Second);
                return ([.. (values ?? []).Select(v => Pattern.Replace(v, search, replacement, parameter.Operator == "//"))], null);
            case ":":
                return ([await Substring(joined ?? "", parameter)], null);
            default:
                return (values ?? [], null);
        }
    }

    private async Routine<string> Substring(string value, WordPart.Parameter parameter)
    {
        var offset = await Number(parameter.Operand!);
        if (offset < 0) offset = Math.Max(0, value.Length + offset);
        if (offset > value.Length) return "";
        var length = parameter.Second is null ? value.Length : await Number(parameter.Second);
        var end = length < 0 ? value.Length + length : Math.Min(value.Length, offset + length);
        return end <= offset ? "" : value[(int)offset..(int)end];
    }

    private async Routine<long> Number(Word word) => Arithmetic.Evaluate(await Text(word), shell.Get, (name, value) => shell.Set(name, value));
}

/// <summary>An error that ends the shell (or the command, where it is interactive).</summary>
internal sealed class ShellErrorException(string message, string? builtin = null) : Exception(message)
{
    /// <summary>The builtin that it happened in, where its message names it.</summary>
    public string? Builtin => builtin;
}
