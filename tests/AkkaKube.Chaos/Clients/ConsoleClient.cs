using System.Net.Http.Json;
using System.Text.Json;

namespace AkkaKube.Chaos.Clients;

/// <summary>The console of one host: a command is a list of words. A <see cref="NoAnswerException"/> says that it could not tell.</summary>
public sealed class ConsoleClient(string host, Uri address, string token) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5), DefaultRequestHeaders = { { "Authorization", "Bearer " + token } } };

    /// <summary>The host's name.</summary>
    public string Host => host;

    public void Dispose() => _http.Dispose();

    /// <summary>The lines of an answer that is a text.</summary>
    public async Task<IReadOnlyList<string>> Lines(params string[] command) => (await Run(command)).GetProperty("text").GetString()!.Split('\n');

    private async Task<JsonElement> Run(string[] command)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync("run", command);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            return answer.TryGetProperty("error", out var error) ? throw new NoAnswerException($"{host}: {string.Join(' ', command)}: {error.GetProperty("message").GetString()}") : answer;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            throw new NoAnswerException($"{host}: {string.Join(' ', command)}: {failure.Message}");
        }
    }
}
