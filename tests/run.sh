#!/usr/bin/env bash
# Runs every test: installs the system packages that are missing, builds, tests, and ends with "N passed, N failed".
# GRPC_RUNTIMES names what gRPC rests on, "stand-ins" unless said otherwise: src/stand-ins/README.md.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# A command that each package brings, or a library that it brings, and the package.
missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need /usr/bin/convert imagemagick
need heif-enc libheif-examples
need cwebp webp
need tiffcp libtiff-tools
need node nodejs
need npm npm
need chromium chromium
need h2load nghttp2-client
need strace strace
# Debian's Python by its path: the first on the path may be another, without Debian's packages.
/usr/bin/python3 -c "import grpc, google.protobuf" 2>/dev/null || missing+=(python3-grpcio python3-protobuf)
[ -n "$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ] || missing+=(postgresql)
/sbin/ldconfig -p | grep -q 'libvips\.so\.42' || missing+=(libvips42)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing: ${missing[*]}"
  as_root=$([ "$(id -u)" = 0 ] || echo sudo)
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "${missing[@]}"; } \
    >/dev/null || { echo "Could not install: ${missing[*]}"; echo "0 passed, 1 failed"; exit 1; }
fi

# What tests write goes to memory where there is a file system in memory; results are read from there too.
work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")" hashmatch-tests.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tmp" "$work/results"
export TMPDIR="$work/tmp"

passed=0
failed=0
count() { # NAME EXIT-CODE: a check that is one test
  if [ "$2" = 0 ]; then
    passed=$((passed + 1))
    echo "ok: $1"
  else
    failed=$((failed + 1))
    echo "FAILED: $1" | tee -a "$work/results/checks.txt"
  fi
}

finish() { # Ends with what failed, and why, where whoever sees the last lines alone sees it too.
  if [ $failed != 0 ]; then
    sed -nE '/^ +Failed .+ \[/,/^ +Stack Trace:/p; /^FAILED: /p; /^  .* and not /p' "$work"/results/*.txt \
      | grep -v 'Stack Trace:'
  fi
  echo "$passed passed, $failed failed"
  [ $failed = 0 ]
  exit
}

# Not "npm ci": it refuses a lock file without the builds for other platforms, which not every registry serves.
(cd tests/node && npm install --no-save --ignore-scripts --no-audit --no-fund --silent)
count "npm packages for the tests are installed" $?

build() { # GRPC-RUNTIME
  dotnet build HashMatch.sln -c Release --nologo -v quiet "-p:GrpcRuntime=$1"
  local code=$?
  count "the solution builds without warnings on gRPC's $1" $code
  return $code
}

run() { # NAME ASSEMBLY-PROJECT [ARGUMENT...]: a test run, counted from its report
  local name=$1 project=$2
  shift 2
  echo "--- $name"
  dotnet test "tests/$project" -c Release --no-build --nologo --logger "trx;LogFileName=$work/results/$name.trx" \
    --logger "console;verbosity=minimal" "$@" | tee "$work/results/$name.txt"
  local code=${PIPESTATUS[0]} counters ran bad
  counters=$(grep -o '<Counters [^>]*' "$work/results/$name.trx" 2>/dev/null)
  ran=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters")
  bad=$(sed -E 's/.* failed="([0-9]+)".*/\1/' <<<"$counters")
  passed=$((passed + ${ran:-0}))
  failed=$((failed + ${bad:-0}))
  # A run that broke off, or that found nothing to run, has failed even if no test says so.
  if { [ $code != 0 ] && [ "${bad:-0}" = 0 ]; } || [ "${ran:-0}" = 0 ]; then count "$name ran to its end" 1; fi
}

for runtime in ${GRPC_RUNTIMES:-stand-ins}; do
  build "$runtime" || finish
  run "libraries-on-$runtime" HashMatch.Tests "-p:GrpcRuntime=$runtime"
  run "service-on-$runtime" HashMatch.Service.Tests "-p:GrpcRuntime=$runtime"
done

# What must be the same on both databases, again on the other one.
HASHMATCH_TEST_STORAGE=postgres run service-on-postgres HashMatch.Service.Tests \
  --filter "Category=Databases" "-p:GrpcRuntime=$runtime"

# The kernels and the index again, as on lesser processors.
for switch in EnableAVX512 EnableAVX2 EnableHWIntrinsic; do
  export "DOTNET_$switch=0"
  run "kernels-without-$switch" HashMatch.Tests --filter "Category=Simd" "-p:GrpcRuntime=$runtime"
  unset "DOTNET_$switch"
done

(cd protos && ../tests/node/node_modules/.bin/buf lint)
count "buf lint of protos/" $?

# The page: its own checks, then Chromium, whose trials end with "N passed, N failed".
(cd src/HashMatch.Web && npm run --silent check)
count "the page's types" $?
(cd src/HashMatch.Web && npm run --silent lint)
count "the page's lint and layout" $?
(cd src/HashMatch.Web && npm test --silent)
count "the page's unit tests" $?

trials() { # SCRIPT: trials in Chromium
  echo "--- $1"
  local sums
  (cd tests/node && node "web/$1.mjs") | tee "$work/results/$1.txt"
  sums=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$work/results/$1.txt" | tail -n 1)
  if [ -z "$sums" ]; then count "$1 ran to its end" 1; return; fi
  passed=$((passed + ${sums%% *}))
  sums=${sums#*, }
  failed=$((failed + ${sums%% *}))
}
trials hashingTrials
trials pageTrials

finish
