using System.CommandLine;
using System.Globalization;

namespace AkkaKube.Host.Up;

/// <summary>Numbers on the command line that make no sense are refused with the option's name.</summary>
internal static class OptionLimits
{
    // What is no number at all is refused by the option itself.
    public static void Limit<T>(this Option<T> option, int most, int least = 0) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && (number < least || number > most))
            result.AddError($"{option.Name} must be from {least} to {most}");
    });
}
