namespace AkkaKube.Runtime.Http;

/// <summary>Answers requests from a folder of the container's file system.</summary>
internal static class StaticFiles
{
    /// <summary>The file that a request names, or what <paramref name="error"/> makes of the status.</summary>
    public static HttpResponse Answer(Process process, string root, HttpRequest request, Func<int, HttpResponse> error, IReadOnlyList<string>? index = null, string? path = null)
    {
        if (request.Method is not ("GET" or "HEAD")) return error(405);
        path ??= request.Path;
        var full = FileSystem.Normalize(FileSystem.Join(root, "." + FileSystem.Normalize(path)));
        if (process.Files.Find(full) is DirectoryInode)
        {
            if (!path.EndsWith('/')) return Redirect(request, error(301), path + "/");
            var page = (index ?? ["index.html"]).Select(i => FileSystem.Join(full, i)).FirstOrDefault(i => process.Files.Find(i) is FileInode);
            if (page is null) return error(403);
            full = page;
        }
        else if (path.EndsWith('/'))
        {
            return error(404);
        }

        if (process.Files.Find(full) is not FileInode file) return error(404);
        if (process.Uid != 0 && (file.Mode & 0b100) == 0 && file.Uid != process.Uid) return error(403);
        var tag = $"\"{file.ModifiedAt.ToUnixTimeSeconds():x}-{file.Length:x}\"";
        var headers = new List<KeyValuePair<string, string>>
        {
            HttpText.Header("Content-Type", TypeOf(full)),
            HttpText.Header("Last-Modified", HttpText.Date(file.ModifiedAt)),
            HttpText.Header("ETag", tag),
            HttpText.Header("Accept-Ranges", "bytes"),
        };
        return request.Header("If-None-Match") == tag
            ? new HttpResponse(304, headers[1..3], default)
            : new HttpResponse(200, [.. headers, HttpText.Header("Content-Length", file.Length.ToString(System.Globalization.CultureInfo.InvariantCulture))], file.Content);
    }

    public static string TypeOf(string path) => path[(path.LastIndexOf('.') + 1)..] switch
    {
        "html" or "htm" => "text/html",
        "css" => "text/css",
        "js" => "application/javascript",
        "json" => "application/json",
        "txt" => "text/plain",
        "xml" => "text/xml",
        "png" => "image/png",
        "jpg" or "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static HttpResponse Redirect(HttpRequest request, HttpResponse page, string path) =>
        page with { Headers = [.. page.Headers, HttpText.Header("Location", $"http://{request.Header("Host") ?? "localhost"}{path}")] };
}
