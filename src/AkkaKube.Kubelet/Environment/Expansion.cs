using System.Text;

namespace AkkaKube.Kubelet.Environment;

/// <summary>Replaces <c>$(NAME)</c> in texts by variables; <c>$$</c> stands for one <c>$</c>, and an unknown name stays as written.</summary>
internal static class Expansion
{
    public static string Expand(string text, Func<string, string?> variable)
    {
        if (!text.Contains('$')) return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }
            switch (text[i + 1])
            {
                case '$':
                    result.Append('$');
                    i++;
                    break;
                case '(' when text.IndexOf(')', i + 2) is var end and > 0:
                    var name = text[(i + 2)..end];
                    result.Append(variable(name) ?? $"$({name})");
                    i = end;
                    break;
                default:
                    result.Append('$');
                    break;
            }
        }
        return result.ToString();
    }
}
