using System.Globalization;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Decoding;

/// <summary>Reads times as Go's time.Parse does, with its complaints, and writes them in the one form that the API answers.</summary>
internal static class GoTime
{
    private const string Layout = "2006-01-02T15:04:05Z07:00";
    private const string MicroLayout = "2006-01-02T15:04:05.000000Z07:00";

    /// <summary>The canonical text of a time to the second; null is Go's zero time.</summary>
    public static string? Second(string text, out string? error) => Canonical(text, Layout, fraction: false, out error);

    /// <summary>The canonical text of a time to the microsecond; null is Go's zero time.</summary>
    public static string? Micro(string text, out string? error) => Canonical(text, MicroLayout, fraction: true, out error);

    private static string? Canonical(string text, string layout, bool fraction, out string? error)
    {
        error = null;
        // The text is mostly canonical already.
        if (!fraction && text.Length == 20 && text[19] == 'Z' && DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time.Ticks == 0 ? null : text;
        var parts = new Parts(text, layout);
        var instant = parts.Read(fraction);
        error = parts.Error;
        if (error is not null || instant == DateTimeOffset.MinValue)
            return null;
        return instant.UtcDateTime.ToString(fraction ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private ref struct Parts(string text, string layout)
    {
        private ReadOnlySpan<char> _rest = text;

        public string? Error { get; private set; }

        public DateTimeOffset Read(bool needsFraction)
        {
            var year = Number("2006", 4, 0, 9999, "year");
            Sign("-");
            var month = Number("01", 2, 1, 12, "month");
            Sign("-");
            var day = Number("02", 2, 1, 31, "day");
            Sign("T");
            var hour = Number("15", 2, 0, 23, "hour");
            Sign(":");
            var minute = Number("04", 2, 0, 59, "minute");
            Sign(":");
            var second = Number("05", 2, 0, 59, "second");
            var ticks = Fraction(needsFraction);
            var offset = Zone();
            if (Error is null && !_rest.IsEmpty)
                Fail($": extra text: {ShownValue.Of(_rest.ToString())}");
            if (Error is null && (day > DateTime.DaysInMonth(Math.Max(year, 1), month) || year == 0))
                Fail(": day out of range");
            if (Error is not null)
                return default;
            var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).AddTicks(ticks);
            return new DateTimeOffset(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
        }

        private int Number(string element, int digits, int least, int most, string what)
        {
            if (Error is not null)
                return least;
            if (_rest.Length < digits || !int.TryParse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Unexpected(element);
                return least;
            }

            _rest = _rest[digits..];
            if (number >= least && number <= most)
                return number;
            Fail($": {what} out of range");
            return least;
        }

        private void Sign(string sign)
        {
            if (Error is not null)
                return;
            if (_rest.StartsWith(sign))
                _rest = _rest[1..];
            else
                Unexpected(sign);
        }

        private long Fraction(bool needed)
        {
            if (Error is not null)
                return 0;
            var digits = 0;
            if (!_rest.IsEmpty && _rest[0] is '.' or ',')
            {
                while (digits + 1 < _rest.Length && char.IsAsciiDigit(_rest[digits + 1])) digits++;
            }

            if (needed && digits != 6)
            {
                Unexpected(".000000");
                return 0;
            }

            if (digits == 0)
                return 0;
            var text = _rest.Slice(1, Math.Min(digits, 7)).ToString().PadRight(7, '0');
            _rest = _rest[(digits + 1)..];
            return long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        private TimeSpan Zone()
        {
            if (Error is not null)
                return default;
            if (!_rest.IsEmpty && _rest[0] == 'Z')
            {
                _rest = _rest[1..];
                return default;
            }

            if (_rest.Length >= 6 && _rest[0] is '+' or '-' && _rest[3] == ':' &&
                int.TryParse(_rest.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= 24 &&
                int.TryParse(_rest.Slice(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60)
            {
                var offset = new TimeSpan(hours, minutes, 0);
                var negative = _rest[0] == '-';
                _rest = _rest[6..];
                return negative ? -offset : offset;
            }

            Unexpected("Z07:00");
            return default;
        }

        private void Unexpected(string element) => Fail($": cannot parse {ShownValue.Of(_rest.ToString())} as {ShownValue.Of(element)}", as_: true);

        private void Fail(string why, bool as_ = false) =>
            Error = as_ ? $"parsing time {ShownValue.Of(text)} as {ShownValue.Of(layout)}{why}" : $"parsing time {ShownValue.Of(text)}{why}";
    }
}
