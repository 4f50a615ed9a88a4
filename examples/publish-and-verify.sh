#!/usr/bin/env bash
# The main job in plain shell, against a running marketplace: publish a signed plugin and a signed service manifest,
# approve both, and do what a stranger's host does: poll the feed, download, check the digest and the signature.
# usage: examples/publish-and-verify.sh   (in the repository, while `npm start` runs; KOS_URL names another address)
set -euo pipefail
cd "$(dirname "$0")/.."

URL=${KOS_URL:-http://localhost:3000}
RUN=$(date +%s)                                  # makes ids that no earlier run used
WORK=$(mktemp -d) GNUPGHOME=$(mktemp -d /tmp/kos-gpg-XXXXXX)
export GNUPGHOME
trap 'gpgconf --kill all 2>/dev/null || true; rm -rf "$WORK" "$GNUPGHOME"' EXIT

step() { printf '\n== %s\n' "$*"; }
field() { node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>{let v=JSON.parse(t);for(const k of process.argv[1].split("."))v=v?.[k];if(v===undefined){console.error(t);process.exit(1)}console.log(v)})' "$1"; }
admin() { npm run --silent admin -- "$@" --json; }
api() { curl --fail-with-body -sS -H "Authorization: Bearer $1" "${@:3}" "$URL$2"; }

step 'An account and two tokens: one publishes, one reviews'
admin create-user "author-$RUN@example.org" | field email
admin create-user "reviewer-$RUN@example.org" >/dev/null
admin grant "reviewer-$RUN@example.org" reviewer | field roles
PUBLISH=$(admin create-token "author-$RUN@example.org" --scopes publish,keys,read --expires 1d | field token)
REVIEW=$(admin create-token "reviewer-$RUN@example.org" --scopes read,review:decide --expires 1d | field token)

step 'A publisher and its signing key, made by gpg'
api "$PUBLISH" /api/v1/publishers -H 'content-type: application/json' -d "{\"slug\":\"acme-$RUN\",\"name\":\"Acme $RUN\"}"; echo
gpg --batch --quiet --passphrase '' --quick-generate-key "Acme $RUN <author-$RUN@example.org>" ed25519 sign 1y
gpg --armor --export >"$WORK/acme.asc"
api "$PUBLISH" "/api/v1/publishers/acme-$RUN/keys" -H 'content-type: application/pgp-keys' --data-binary "@$WORK/acme.asc" | field fingerprint

# publish_and_verify ID PART FILE: from the bytes on this disk to the same bytes at a stranger's
publish_and_verify() {
  local id=$1 part=$2 file=$3 submission state version entry
  step "$id: sign, publish"
  gpg --batch --quiet --detach-sign --armor --output "$file.asc" "$file"
  submission=$(api "$PUBLISH" /api/v1/publish -F "publisher=acme-$RUN" -F "$part=@$file" -F "signature=@$file.asc" | field submission.id)
  echo "submission $submission"
  for _ in $(seq 120); do
    state=$(api "$PUBLISH" "/api/v1/submissions/$submission" | field state)
    [ "$state" = checking ] || break
    sleep 0.5
  done
  echo "after the checks: $state"
  [ "$state" = in_review ]

  step "$id: claim, approve"
  version=$(api "$REVIEW" "/api/v1/submissions/$submission/claim" -X POST | field stateVersion)
  api "$REVIEW" "/api/v1/submissions/$submission/decisions" -H 'content-type: application/json' \
    -d "{\"decision\":\"approve\",\"reason\":\"Read the source; it does what it says.\",\"stateVersion\":$version}" | field state

  step "$id: what a stranger's host does"
  for _ in $(seq 100); do
    if curl --fail -sS "$URL/api/feed.json" >"$WORK/feed.json" && field "$id.latest" <"$WORK/feed.json" 2>/dev/null; then break; fi
    sleep 0.1
  done
  field "$id.signature" <"$WORK/feed.json" >"$WORK/got.asc"
  curl --fail -sSL "$(field "$id.url" <"$WORK/feed.json")" -o "$WORK/got"
  entry=$(field "$id.checksum" <"$WORK/feed.json")
  echo "${entry#sha256:}  $WORK/got" | sha256sum -c -
  GNUPGHOME=$WORK/stranger
  mkdir -m 700 "$WORK/stranger" 2>/dev/null || true
  curl --fail -sS "$URL/api/v1/publishers/acme-$RUN/keys.asc" | gpg --batch --quiet --import
  gpg --batch --verify "$WORK/got.asc" "$WORK/got" 2>&1 | grep 'Good signature'
  gpgconf --kill all
  GNUPGHOME=$OWN_HOME
  cmp "$file" "$WORK/got" && echo 'the same bytes'
}
OWN_HOME=$GNUPGHOME

mkdir "$WORK/plugin"
sed "s/^id: .*/id: text-tidy-$RUN/" examples/text-tidy/plugin.yaml >"$WORK/plugin/plugin.yaml"
for path in examples/text-tidy/*; do [ "$(basename "$path")" = plugin.yaml ] || cp -r "$path" "$WORK/plugin/"; done
tar --owner=0 --group=0 --numeric-owner -C "$WORK/plugin" -czf "$WORK/plugin.tgz" .
publish_and_verify "text-tidy-$RUN" package "$WORK/plugin.tgz"

cat >"$WORK/services.yaml" <<YAML
services:
  - id: acme-chat-$RUN
    name: Acme Chat
    type: llm
    provider: acme
    description: A chat model behind an OpenAI-compatible endpoint
    endpoint: https://llm.example.org/v1
    auth:
      type: bearer_token
      token_env: ACME_API_KEY
    capabilities:
      - chat
    license: Apache-2.0
    trust_level: unverified
    version: "1.0.0"
YAML
publish_and_verify "acme-chat-$RUN" manifest "$WORK/services.yaml"

printf '\nBoth are published, and both verify.\n'
