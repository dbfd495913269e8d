# Sourced by the scripts beside it: where the tree is, and how the host program is built when it is older than its sources.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
app="$root/artifacts/akkakube"

# One build at a time in a tree: hosts may be started at once.
build_host() {
    mkdir -p "$app"
    if command -v flock >/dev/null; then
        { flock 9; publish_host 9>&-; } 9>"$app.lock"
    else
        publish_host
    fi
}

# Publishes the host with ahead-of-time compiled code (it starts in half the time) unless nothing has changed since.
publish_host() {
    if [ -f "$app/.built" ] && [ -z "$(find "$root/src" "$root/hocon" "$root"/Directory.* -newer "$app/.built" \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.model' -o -name '*.conf' \) -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
        return
    fi
    local stamp log
    stamp=$(mktemp) log=$(mktemp)
    if [ -t 2 ]; then echo "building AkkaKube (about a minute the first time) ..." >&2; fi
    if ! dotnet publish "$root/src/AkkaKube.Host" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$app" -v q --nologo >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$stamp" "$log"
        exit 1
    fi
    # The stamp is as old as the start of the build, so that a file saved meanwhile counts as newer.
    touch -r "$stamp" "$app/.built"
    rm -f "$stamp" "$log"
}

# The tests make clocks jump by libfaketime; where it can be neither found nor installed, that fault is left out.
install_faketime() {
    if [ -z "$(find /usr/lib -name libfaketimeMT.so.1 -print -quit 2>/dev/null)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libfaketime; } >/dev/null 2>&1 || echo "libfaketime cannot be installed: no clock will jump" >&2
    fi
}
