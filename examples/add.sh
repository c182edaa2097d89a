#!/bin/sh
# Adds a task and prints its URL. A key with the scope "Add only" is enough.
#
#   DOABLE_URL=https://… DOABLE_KEY=doable_… ./add.sh "Pay rent" [YYYY-MM-DD]
#
# Needs curl and jq.
set -eu

title=${1:?usage: DOABLE_URL=… DOABLE_KEY=… $0 TITLE [YYYY-MM-DD]}
due=${2:-}

token=$(curl -sS --fail-with-body -X POST -H "X-API-Key: $DOABLE_KEY" "$DOABLE_URL/api/token" | jq -er .access_token)

# The Idempotency-Key makes retries safe: curl repeats the request after a lost response, without creating a second task.
jq -n --arg title "$title" --arg due "$due" '{title: $title} + if $due == "" then {} else {due: {date: $due}} end' |
  curl -sS --fail-with-body --retry 5 --retry-connrefused \
    -H "Authorization: Bearer $token" -H "Content-Type: application/json" \
    -H "Idempotency-Key: $(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" \
    -d @- "$DOABLE_URL/api/me/tasks" |
  jq -er 'if .url then .url else error(.title + ": " + ([.errors[]? | .pointer + " " + .message] | join(", "))) end'
