#!/bin/sh
# Adds a task and prints its URL. A key with the scope "Add only" is enough.
#
#   DOABLE_URL=https://… DOABLE_KEY=doable_… ./add.sh "Pay rent" [YYYY-MM-DD]
#
# Needs curl and jq. Keeps the token that it gets for the key in ~/.cache/doable for as long as it lasts.
set -eu
umask 077

title=${1:?usage: DOABLE_URL=… DOABLE_KEY=… $0 TITLE [YYYY-MM-DD]}
due=${2:-}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# One file for each server and key.
cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
kept=${cache:+$cache/doable/token-$(printf '%s' "$DOABLE_URL $DOABLE_KEY" | cksum | tr ' ' -)}

kept_token() {
  [ -r "$kept" ] && read -r until token <"$kept" && [ "$(date +%s)" -lt "$until" ] && echo "$token"
}

new_token() {
  curl -sS --fail-with-body -X POST -H "X-API-Key: $DOABLE_KEY" "$DOABLE_URL/api/token" >"$answer" ||
    { jq -r .title "$answer" >&2 && exit 1; }
  token=$(jq -er .access_token "$answer")
  # A minute less, so that it does not expire on its way.
  until=$(($(date +%s) + $(jq -r .expires_in "$answer") - 60))
  # Where it can't be kept, the next call gets another one.
  { mkdir -p "${kept%/*}" && echo "$until $token" >"$kept.$$" && mv "$kept.$$" "$kept"; } 2>/dev/null || :
  echo "$token"
}

# The Idempotency-Key makes retries safe: curl repeats the request after a lost response, without creating a second task.
request=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
task=$(jq -n --arg title "$title" --arg due "$due" '{title: $title} + if $due == "" then {} else {due: {date: $due}} end')

# Prints the status.
add() {
  printf '%s' "$task" | curl -sS --retry 5 --retry-connrefused -o "$answer" -w '%{http_code}' \
    -H "Authorization: Bearer $1" -H "Content-Type: application/json" -H "Idempotency-Key: $request" \
    -d @- "$DOABLE_URL/api/me/tasks"
}

token=$(kept_token || new_token)
status=$(add "$token")
if [ "$status" = 401 ]; then # The kept token has been revoked.
  token=$(new_token)
  status=$(add "$token")
fi
jq -er 'if .url then .url else error(.title + ": " + ([.errors[]? | .pointer + " " + .message] | join(", "))) end' "$answer"
