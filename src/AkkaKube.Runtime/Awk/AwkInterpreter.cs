using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AkkaKube.Runtime.Applets;

namespace AkkaKube.Runtime.Awk;

/// <summary>Runs an awk program. Between records it lets others run; within one it may do only so much.</summary>
internal sealed class AwkInterpreter(AwkProgram program, Random random)
{
    private const int MostSteps = 2_000_000;
    private const int DeepestCall = 200;

    private readonly Dictionary<string, AwkValue> _globals = [];
    private readonly Dictionary<string, Dictionary<string, AwkValue>> _arrays = [];
    private readonly HashSet<Rule> _inRange = [];
    private readonly Dictionary<string, Regex?> _regexes = [];
    private Dictionary<string, AwkValue>? _locals;
    private List<AwkValue> _fields = [AwkValue.Unset];
    private bool _recordIsStale;
    private int _steps;
    private int _calls;
    private double _numberOfRecords;

    private enum Flow
    {
        Normal,
        Break,
        Continue,
        Next,
        Exit,
        Return,
    }

    /// <summary>What has been printed and not been taken yet.</summary>
    public StringBuilder Output { get; } = new();

    /// <summary>What has been printed into files, by their names, and whether they are appended to.</summary>
    public Dictionary<string, (StringBuilder Text, bool Append)> Files { get; } = [];

    public int ExitCode { get; private set; }

    public bool HasExited { get; private set; }

    /// <summary>Gives the next record to getline.</summary>
    public Func<string?> NextRecord { get; set; } = () => null;

    private AwkValue ReturnValue { get; set; }

    public void Set(string name, string value) => Assign(name, AwkValue.Input(value));

    public void SetElement(string array, string index, string value) => Array(array)[index] = AwkValue.Input(value);

    public void Run(string kind)
    {
        foreach (var rule in program.Rules.Where(r => r.Kind == kind))
        {
            if (HasExited && kind != "END") return;
            _steps = 0;
            if (rule.Action is not null && Execute(rule.Action) == Flow.Exit)
            {
                HasExited = true;
                return;
            }
        }
    }

    /// <summary>Runs the rules that select a record.</summary>
    public void RunRecord(string record)
    {
        SetRecord(record);
        Assign("NR", AwkValue.Of(++_numberOfRecords));
        Assign("FNR", AwkValue.Of(_numberOfRecords));
        _steps = 0;
        foreach (var rule in program.Rules.Where(r => r.Kind.Length == 0))
        {
            if (!Selects(rule)) continue;
            var flow = Flow.Normal;
            if (rule.Action is null) Output.Append(Record()).Append(Text("ORS", "\n"));
            else flow = Execute(rule.Action);
            if (flow == Flow.Exit) HasExited = true;
            if (flow is Flow.Next or Flow.Exit) return;
        }
    }

    private bool Selects(Rule rule)
    {
        if (rule.Pattern is null) return true;
        if (rule.Until is null) return Evaluate(rule.Pattern).IsTrue;
        if (!_inRange.Contains(rule) && !Evaluate(rule.Pattern).IsTrue) return false;
        if (Evaluate(rule.Until).IsTrue) _inRange.Remove(rule);
        else _inRange.Add(rule);
        return true;
    }

    // ---- statements

    private Flow Execute(Statement statement)
    {
        if (++_steps > MostSteps) throw new FormatException("the program does too much for one record");
        switch (statement)
        {
            case Statement.Evaluate evaluate:
                Evaluate(evaluate.Value);
                return Flow.Normal;
            case Statement.Print print:
                Print(print);
                return Flow.Normal;
            case Statement.Block block:
                foreach (var item in block.Items)
                {
                    if (Execute(item) is var flow and not Flow.Normal) return flow;
                }

                return Flow.Normal;
            case Statement.If choice:
                return Evaluate(choice.Condition).IsTrue ? Execute(choice.Then) : choice.Else is null ? Flow.Normal : Execute(choice.Else);
            case Statement.Loop loop:
                return Loop(loop);
            case Statement.ForIn loop:
                foreach (var key in Array(loop.Array).Keys.ToList())
                {
                    Assign(loop.Name, AwkValue.Input(key));
                    var flow = Execute(loop.Body);
                    if (flow == Flow.Break) break;
                    if (flow is Flow.Next or Flow.Exit or Flow.Return) return flow;
                }

                return Flow.Normal;
            case Statement.Delete { Index: null } delete:
                Array(delete.Array).Clear();
                return Flow.Normal;
            case Statement.Delete delete:
                Array(delete.Array).Remove(Key(delete.Index));
                return Flow.Normal;
            case Statement.Jump jump:
                return Jump(jump);
            default:
                return Flow.Normal;
        }
    }

    private Flow Loop(Statement.Loop loop)
    {
        if (loop.Start is not null) Execute(loop.Start);
        for (var first = true; ; first = false)
        {
            if (!(first && loop.TestsAfter) && loop.Condition is not null && !Evaluate(loop.Condition).IsTrue) return Flow.Normal;
            var flow = Execute(loop.Body);
            if (flow == Flow.Break) return Flow.Normal;
            if (flow is Flow.Next or Flow.Exit or Flow.Return) return flow;
            if (loop.Step is not null) Execute(loop.Step);
        }
    }

    private Flow Jump(Statement.Jump jump)
    {
        switch (jump.Kind)
        {
            case "exit":
                if (jump.Value is not null) ExitCode = (int)Evaluate(jump.Value).AsNumber();
                return Flow.Exit;
            case "return":
                ReturnValue = jump.Value is null ? AwkValue.Unset : Evaluate(jump.Value);
                return Flow.Return;
            default:
                return jump.Kind switch { "next" => Flow.Next, "break" => Flow.Break, _ => Flow.Continue };
        }
    }

    private void Print(Statement.Print print)
    {
        var values = print.Values.Select(Evaluate).ToList();
        var text = print.Formatted
            ? AwkFormat.Format(values.Count == 0 ? "" : values[0].AsText(), [.. values.Skip(1)])
            : (values.Count == 0 ? Record() : string.Join(Text("OFS", " "), values.Select(v => v.AsText(Text("OFMT", "%.6g"))))) + Text("ORS", "\n");
        var target = print.Target is null ? "" : Evaluate(print.Target).AsText();
        if (print.Redirection == "|") throw new FormatException("pipes from awk are not supported");
        if (target is "" or "/dev/stdout" or "-")
        {
            Output.Append(text);
            return;
        }

        if (!Files.TryGetValue(target, out var file)) Files[target] = file = (new StringBuilder(), print.Redirection == ">>");
        file.Text.Append(text);
    }

    // ---- expressions

    private AwkValue Evaluate(Expression expression)
    {
        if (++_steps > MostSteps) throw new FormatException("the program does too much for one record");
        switch (expression)
        {
            case Expression.Number number:
                return AwkValue.Of(number.Value);
            case Expression.Text text:
                return AwkValue.Of(text.Value);
            case Expression.Match match:
                return AwkValue.Of(match.Regex.IsMatch(Record()));
            case Expression.Variable variable:
                return Get(variable.Name);
            case Expression.Field field:
                return Field((int)Evaluate(field.Index).AsNumber());
            case Expression.Element element:
                var (array, key) = (Array(element.Array), Key(element.Index));
                if (!array.TryGetValue(key, out var found)) array[key] = found = AwkValue.Unset;
                return found;
            case Expression.Assign assign:
                var right = Evaluate(assign.Value);
                return Store(assign.Target, assign.Operator == "=" ? right : AwkValue.Of(Calculate(assign.Operator[..^1], Evaluate(assign.Target).AsNumber(), right.AsNumber())));
            case Expression.Step step:
                var old = Evaluate(step.Target).AsNumber();
                Store(step.Target, AwkValue.Of(old + step.By));
                return AwkValue.Of(step.Before ? old + step.By : old);
            case Expression.Unary unary:
                var operand = Evaluate(unary.Operand);
                return unary.Operator switch { "!" => AwkValue.Of(!operand.IsTrue), "-" => AwkValue.Of(-operand.AsNumber()), _ => AwkValue.Of(operand.AsNumber()) };
            case Expression.Binary binary:
                return Binary(binary);
            case Expression.Choice choice:
                return Evaluate(choice.Condition).IsTrue ? Evaluate(choice.Then) : Evaluate(choice.Else);
            case Expression.In contained:
                return AwkValue.Of(Array(contained.Array).ContainsKey(Key(contained.Index)));
            case Expression.GetLine getLine:
                if (NextRecord() is not { } line) return AwkValue.Of(0.0);
                Assign("NR", AwkValue.Of(++_numberOfRecords));
                if (getLine.Target is null) SetRecord(line);
                else Store(getLine.Target, AwkValue.Input(line));
                return AwkValue.Of(1.0);
            default:
                return Call((Expression.Call)expression);
        }
    }

    private AwkValue Binary(Expression.Binary binary)
    {
        if (binary.Operator == "&&") return AwkValue.Of(Evaluate(binary.Left).IsTrue && Evaluate(binary.Right).IsTrue);
        if (binary.Operator == "||") return AwkValue.Of(Evaluate(binary.Left).IsTrue || Evaluate(binary.Right).IsTrue);
        var left = Evaluate(binary.Left);
        if (binary.Operator is "~" or "!~") return AwkValue.Of(RegexOf(binary.Right).IsMatch(left.AsText()) == (binary.Operator == "~"));
        var right = Evaluate(binary.Right);
        if (binary.Operator == " ") return AwkValue.Of(left.AsText(Text("CONVFMT", "%.6g")) + right.AsText(Text("CONVFMT", "%.6g")));
        if (binary.Operator is not ("==" or "!=" or "<" or "<=" or ">" or ">=")) return AwkValue.Of(Calculate(binary.Operator, left.AsNumber(), right.AsNumber()));
        var order = left.IsNumber && right.IsNumber ? left.Number.CompareTo(right.Number) : string.CompareOrdinal(left.AsText(), right.AsText());
        return AwkValue.Of(binary.Operator switch { "==" => order == 0, "!=" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 });
    }

    private static double Calculate(string op, double left, double right) => op switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => right == 0 ? throw new FormatException("Division by zero") : left / right,
        "%" => right == 0 ? throw new FormatException("Division by zero") : left % right,
        _ => Math.Pow(left, right),
    };

    private Regex RegexOf(Expression expression)
    {
        if (expression is Expression.Match match) return match.Regex;
        var text = Evaluate(expression).AsText();
        if (!_regexes.TryGetValue(text, out var regex)) _regexes[text] = regex = Regexes.Make(text, extended: true, ignoreCase: false);
        return regex ?? throw new FormatException($"bad regex '{text}'");
    }

    private AwkValue Call(Expression.Call call)
    {
        if (program.Functions.TryGetValue(call.Name, out var function)) return Call(function, call.Arguments);
        if (call.Name is "split" or "sub" or "gsub") return CallWithTarget(call);
        if (call.Name == "match")
        {
            var match = RegexOf(call.Arguments[1]).Match(Evaluate(call.Arguments[0]).AsText());
            Assign("RSTART", AwkValue.Of(match.Success ? match.Index + 1.0 : 0));
            Assign("RLENGTH", AwkValue.Of(match.Success ? match.Length : -1.0));
            return AwkValue.Of(match.Success ? match.Index + 1.0 : 0);
        }

        if (call is { Name: "length", Arguments: [Expression.Variable { Name: var name }] } && _arrays.TryGetValue(name, out var array)) return AwkValue.Of((double)array.Count);
        var arguments = call.Arguments.Select(Evaluate).ToList();
        double Number(int i) => i < arguments.Count ? arguments[i].AsNumber() : 0;
        string Text(int i) => i < arguments.Count ? arguments[i].AsText() : "";
        switch (call.Name)
        {
            case "length": return AwkValue.Of((double)(arguments.Count == 0 ? Record() : Text(0)).Length);
            case "substr": return AwkValue.Of(Substring(Text(0), Number(1), arguments.Count > 2 ? Number(2) : double.PositiveInfinity));
            case "index": return AwkValue.Of(Text(0).IndexOf(Text(1), StringComparison.Ordinal) + 1.0);
            case "sprintf": return AwkValue.Of(AwkFormat.Format(Text(0), [.. arguments.Skip(1)]));
            case "tolower": return AwkValue.Of(Text(0).ToLowerInvariant());
            case "toupper": return AwkValue.Of(Text(0).ToUpperInvariant());
            case "int": return AwkValue.Of(Math.Truncate(Number(0)));
            case "sqrt": return AwkValue.Of(Math.Sqrt(Number(0)));
            case "exp": return AwkValue.Of(Math.Exp(Number(0)));
            case "log": return AwkValue.Of(Math.Log(Number(0)));
            case "sin": return AwkValue.Of(Math.Sin(Number(0)));
            case "cos": return AwkValue.Of(Math.Cos(Number(0)));
            case "atan2": return AwkValue.Of(Math.Atan2(Number(0), Number(1)));
            case "rand": return AwkValue.Of(random.NextDouble());
            case "srand" or "fflush" or "close": return AwkValue.Of(0.0);
            case "": return AwkValue.Of(string.Concat(arguments.Select(a => a.AsText())));
            default: throw new FormatException($"Call to undefined function '{call.Name}'");
        }
    }

    private AwkValue Call(Function function, IReadOnlyList<Expression> given)
    {
        if (++_calls > DeepestCall) throw new FormatException("functions call each other too deep");
        var locals = new Dictionary<string, AwkValue>();
        for (var i = 0; i < function.Parameters.Count; i++) locals[function.Parameters[i]] = i < given.Count ? Evaluate(given[i]) : AwkValue.Unset;
        var outer = _locals;
        _locals = locals;
        ReturnValue = AwkValue.Unset;
        Execute(function.Body);
        _locals = outer;
        _calls--;
        return ReturnValue;
    }

    private AwkValue CallWithTarget(Expression.Call call)
    {
        if (call.Arguments.Count < 2) throw new FormatException("Too few arguments");
        if (call.Name == "split")
        {
            if (call.Arguments[1] is not Expression.Variable { Name: var name }) throw new FormatException("Not an array");
            var parts = Cut(Evaluate(call.Arguments[0]).AsText(), call.Arguments.Count > 2 ? call.Arguments[2] : null);
            var array = Array(name);
            array.Clear();
            for (var i = 0; i < parts.Count; i++) array[(i + 1).ToString(CultureInfo.InvariantCulture)] = AwkValue.Input(parts[i]);
            return AwkValue.Of((double)parts.Count);
        }

        var target = call.Arguments.Count > 2 ? call.Arguments[2] : new Expression.Field(new Expression.Number(0));
        var replacement = Evaluate(call.Arguments[1]).AsText();
        var count = 0;
        var result = RegexOf(call.Arguments[0]).Replace(Evaluate(target).AsText(), match =>
        {
            count++;
            return Replacement(replacement, match.Value);
        }, call.Name == "gsub" ? -1 : 1);
        if (count > 0) Store(target, AwkValue.Of(result));
        return AwkValue.Of((double)count);
    }

    private static string Replacement(string text, string matched)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '&' or '\\') result.Append(text[++i]);
            else if (text[i] == '&') result.Append(matched);
            else result.Append(text[i]);
        }

        return result.ToString();
    }

    private static string Substring(string text, double start, double length)
    {
        var from = Math.Max(1, Math.Round(start));
        var end = Math.Min(text.Length + 1, double.IsInfinity(length) ? text.Length + 1 : Math.Round(start) + Math.Round(length));
        return end <= from ? "" : text[((int)from - 1)..((int)end - 1)];
    }

    // ---- variables, arrays, fields

    private string Text(string name, string otherwise) => _globals.TryGetValue(name, out var value) ? value.AsText() : otherwise;

    private AwkValue Get(string name)
    {
        if (_locals is not null && _locals.TryGetValue(name, out var local)) return local;
        if (name == "NF") return AwkValue.Of(_fields.Count - 1.0);
        return _globals.TryGetValue(name, out var value) ? value : AwkValue.Unset;
    }

    private void Assign(string name, AwkValue value)
    {
        if (_locals?.ContainsKey(name) == true)
        {
            _locals[name] = value;
            return;
        }

        if (name == "NF")
        {
            var count = (int)Math.Clamp(value.AsNumber(), 0, 10_000);
            while (_fields.Count - 1 > count) _fields.RemoveAt(_fields.Count - 1);
            while (_fields.Count - 1 < count) _fields.Add(AwkValue.Unset);
            _recordIsStale = true;
        }

        _globals[name] = value;
    }

    private Dictionary<string, AwkValue> Array(string name)
    {
        if (!_arrays.TryGetValue(name, out var array)) _arrays[name] = array = [];
        return array;
    }

    private string Key(IReadOnlyList<Expression> index) => string.Join('\x1c', index.Select(i => Evaluate(i).AsText()));

    private AwkValue Store(Expression target, AwkValue value)
    {
        switch (target)
        {
            case Expression.Variable variable:
                Assign(variable.Name, value);
                break;
            case Expression.Element element:
                Array(element.Array)[Key(element.Index)] = value;
                break;
            case Expression.Field field:
                var index = (int)Evaluate(field.Index).AsNumber();
                if (index == 0)
                {
                    SetRecord(value.AsText());
                    break;
                }

                if (index is < 0 or > 10_000) throw new FormatException("Access to negative field");
                while (_fields.Count <= index) _fields.Add(AwkValue.Unset);
                _fields[index] = value;
                _recordIsStale = true;
                break;
        }

        return value;
    }

    private AwkValue Field(int index)
    {
        if (index < 0) throw new FormatException("Access to negative field");
        if (index == 0) return AwkValue.Input(Record());
        return index < _fields.Count ? _fields[index] : AwkValue.Unset;
    }

    private string Record()
    {
        if (_recordIsStale)
        {
            _fields[0] = AwkValue.Of(string.Join(Text("OFS", " "), _fields.Skip(1).Select(f => f.AsText())));
            _recordIsStale = false;
        }

        return _fields[0].AsText();
    }

    private void SetRecord(string record)
    {
        _fields = [AwkValue.Of(record), .. Cut(record, null).Select(AwkValue.Input)];
        _recordIsStale = false;
    }

    private List<string> Cut(string text, Expression? separator)
    {
        if (text.Length == 0) return [];
        if (separator is Expression.Match match) return [.. match.Regex.Split(text)];
        var by = separator is null ? Text("FS", " ") : Evaluate(separator).AsText();
        if (by == " ") return [.. text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)];
        if (by.Length == 0) return [.. text.Select(c => c.ToString())];
        if (by.Length == 1) return [.. text.Split(by[0])];
        return [.. (Regexes.Make(by, extended: true, ignoreCase: false) ?? throw new FormatException($"bad regex '{by}'")).Split(text)];
    }
}
