using System.Globalization;

namespace AkkaKube.Runtime.Shell;

/// <summary>Variables and parameters of a shell.</summary>
internal sealed partial class ShellInterpreter
{
    /// <summary>The value of a variable; null if it is not set.</summary>
    public string? Get(string name) => _variables.TryGetValue(name, out var variable) ? variable.Value : Special(name);

    public void Set(string name, string value) => Assign(name, value, exported: Options.Contains('a'));

    public void Unset(string name)
    {
        if (_variables.TryGetValue(name, out var variable) && variable.ReadOnly) throw new ShellErrorException($"{name}: is read only", "unset");
        if (_variables.Remove(name)) _exported = null;
    }

    public void UnsetFunction(string name) => _functions.Remove(name);

    public bool HasFunction(string name) => _functions.ContainsKey(name);

    public void Export(string name, string? value, bool exported = true)
    {
        if (value is not null) Assign(name, value, exported);
        else _variables[name] = _variables.TryGetValue(name, out var variable) ? variable with { Exported = exported } : new Variable(null, exported, ReadOnly: false);
        _exported = null;
    }

    public void MakeReadOnly(string name, string? value)
    {
        if (value is not null) Set(name, value);
        _variables[name] = (_variables.GetValueOrDefault(name) ?? new Variable(null, false, false)) with { ReadOnly = true };
    }

    /// <summary>The variable gets its old value back when the function returns.</summary>
    public void DeclareLocal(string name) => _scopes?[^1].TryAdd(name, _variables.GetValueOrDefault(name));

    /// <summary>The values of a parameter; null if it is not set. Only $@ and $* have several.</summary>
    public IReadOnlyList<string>? Parameter(string name)
    {
        if (name is "@" or "*") return Parameters;
        if (char.IsAsciiDigit(name[0]))
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            return number == 0 ? [Name] : number <= Parameters.Count ? [Parameters[number - 1]] : null;
        }

        return Get(name) is { } value ? [value] : null;
    }

    public string HomeOf(string user) => user.Length == 0 ? Get("HOME") ?? "/" : user == "root" ? "/root" : "~" + user;

    /// <summary>The environment of the programs it starts; made again when an exported variable has changed.</summary>
    private IReadOnlyDictionary<string, string> Exported() =>
        _exported ??= _variables.Where(v => v.Value is { Exported: true, Value: not null }).ToDictionary(v => v.Key, v => v.Value.Value!);

    private string? Special(string name) => name switch
    {
        "?" => Status.ToString(CultureInfo.InvariantCulture),
        "#" => Parameters.Count.ToString(CultureInfo.InvariantCulture),
        "$" => _pidOfShell.ToString(CultureInfo.InvariantCulture),
        "!" => _lastJob?.Pid.ToString(CultureInfo.InvariantCulture),
        "-" => string.Concat(Options.Order()),
        "RANDOM" => Process.Kernel.Random.Next(32768).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private void Assign(string name, string value, bool exported)
    {
        if (_variables.TryGetValue(name, out var old))
        {
            if (old.ReadOnly) throw new ShellErrorException($"{name}: is read only");
            exported |= old.Exported;
        }

        _variables[name] = new Variable(value, exported, ReadOnly: false);
        if (exported) _exported = null;
    }

    private void RestoreVariable(string name, Variable? variable)
    {
        if (variable is null) _variables.Remove(name);
        else _variables[name] = variable;
        _exported = null;
    }
}
