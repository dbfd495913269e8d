using System.Globalization;

namespace AkkaKube.Runtime.Applets;

/// <summary>test and [</summary>
internal static class Test
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var name = FileSystem.NameOf(arguments[0]);
        var words = arguments.Skip(1).ToList();
        if (name is "[" or "[[")
        {
            if (words.Count == 0 || words[^1] != (name == "[" ? "]" : "]]")) return await process.Fail(process.Arguments[0], $"{name}: missing {(name == "[" ? "]" : "]]")}", 2);
            words.RemoveAt(words.Count - 1);
        }

        var expression = new Expression(process, words);
        var value = expression.Value();
        return expression.Error is { } error ? await process.Fail(process.Arguments[0], error, 2) : value ? 0 : 1;
    }

    /// <summary>A conditional expression: the rules for up to four arguments are POSIX's, beyond them precedence decides.</summary>
    private sealed class Expression(Process process, List<string> words)
    {
        private int _at;

        public string? Error { get; private set; }

        public bool Value()
        {
            if (words.Count == 0) return false;
            if (words.Count == 1) return words[0].Length > 0;
            if (words.Count == 2 && words[0] == "!") return words[1].Length == 0;
            if (words.Count == 3 && IsBinary(words[1])) return Binary(words[0], words[1], words[2]);
            var value = Or(0);
            if (_at < words.Count) Error ??= $"{words[_at]}: unknown operand";
            return value;
        }

        private static bool IsBinary(string op) =>
            op is "=" or "==" or "!=" or "<" or ">" or "=~" or "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" or "-nt" or "-ot" or "-ef";

        private bool Or(int depth)
        {
            var value = And(depth);
            while (_at < words.Count && words[_at] is "-o" or "||")
            {
                _at++;
                value |= And(depth);
            }

            return value;
        }

        private bool And(int depth)
        {
            var value = Not(depth);
            while (_at < words.Count && words[_at] is "-a" or "&&")
            {
                _at++;
                value &= Not(depth);
            }

            return value;
        }

        private bool Not(int depth)
        {
            var negated = false;
            while (_at < words.Count - 1 && words[_at] == "!")
            {
                _at++;
                negated = !negated;
            }

            return Primary(depth) != negated;
        }

        private bool Primary(int depth)
        {
            if (_at >= words.Count)
            {
                Error ??= "argument expected";
                return false;
            }

            if (_at + 2 < words.Count && IsBinary(words[_at + 1]))
            {
                _at += 3;
                return Binary(words[_at - 3], words[_at - 2], words[_at - 1]);
            }

            var word = words[_at++];
            if (word == "(" && _at < words.Count && depth < 50)
            {
                var value = Or(depth + 1);
                if (_at < words.Count && words[_at] == ")") _at++;
                else Error ??= "closing paren expected";
                return value;
            }

            return word.Length == 2 && word[0] == '-' && _at < words.Count ? Unary(word[1], words[_at++]) : word.Length > 0;
        }

        private bool Unary(char op, string operand)
        {
            if (op is 'z' or 'n') return operand.Length == 0 == (op == 'z');
            if (op == 't') return int.TryParse(operand, out var descriptor) && process.File(descriptor)?.IsTerminal == true;
            var path = FileSystem.Join(process.WorkingDirectory, operand);
            var inode = operand.Length == 0 ? null : process.Files.Find(path, follow: op is not ('h' or 'L'));
            switch (op)
            {
                case 'e' or 'a': return inode is not null;
                case 'f': return inode is FileInode or GeneratedInode;
                case 'd': return inode is DirectoryInode;
                case 'h' or 'L': return inode is LinkInode;
                case 'c': return inode is DeviceInode;
                case 's': return inode is FileInode { Length: > 0 } or DirectoryInode;
                case 'r': return inode is not null && Allows(inode, 4);
                case 'w': return inode is not null && Allows(inode, 2) && !process.Files.Locate(path).IsReadOnly;
                case 'x': return inode is not null && (inode.Mode & 0b001_001_001) != 0;
                case 'O': return inode?.Uid == process.Uid;
                case 'G': return inode?.Gid == process.Gid;
                case 'b' or 'p' or 'S' or 'u' or 'g' or 'k': return false;
                default:
                    Error ??= $"-{op}: unknown operand";
                    return false;
            }
        }

        private bool Allows(Inode inode, int bit) => process.Uid == 0 || ((inode.Uid == process.Uid ? inode.Mode >> 6 : inode.Mode) & bit) != 0;

        private bool Binary(string left, string op, string right)
        {
            switch (op)
            {
                case "=" or "==": return left == right;
                case "!=": return left != right;
                case "<": return string.CompareOrdinal(left, right) < 0;
                case ">": return string.CompareOrdinal(left, right) > 0;
                case "=~": return Regexes.Make(right, extended: true, ignoreCase: false)?.IsMatch(left) == true;
                case "-nt": return Time(left) > Time(right);
                case "-ot": return Time(left) < Time(right);
                case "-ef": return Find(left) is { } one && ReferenceEquals(one, Find(right));
            }

            var (a, b) = (Number(left), Number(right));
            return op switch { "-eq" => a == b, "-ne" => a != b, "-lt" => a < b, "-le" => a <= b, "-gt" => a > b, _ => a >= b };
        }

        private Inode? Find(string path) => process.Files.Find(FileSystem.Join(process.WorkingDirectory, path));

        private DateTimeOffset Time(string path) => Find(path)?.ModifiedAt ?? DateTimeOffset.MinValue;

        private long Number(string text)
        {
            if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
            Error ??= $"{text}: bad number";
            return 0;
        }
    }
}
