#!/usr/bin/env bash
# Acts as the test button of the vendor's console: sends an event of type endpoint.test, signed with the first
# secret in SORA_WEBHOOK_SECRET. Needs curl and openssl.
#
#   ./endpoint-test.sh URL [options of curl]
set -euo pipefail

id="evt_$(openssl rand -hex 8)"
timestamp=$(date +%s)
body='{"id":"'$id'","type":"endpoint.test","api_version":"v1","created_at":'$timestamp',"data":{"task_id":"endpoint_test"}}'
signature=$(printf '%s.%s.%s' "$id" "$timestamp" "$body" | openssl dgst -sha256 -hmac "${SORA_WEBHOOK_SECRET%%,*}" -r | cut -d ' ' -f 1)

curl --silent --show-error --output /dev/null --write-out '%{http_code}\n' "$@" \
    --header 'Content-Type: application/json' \
    --header "X-ToAPIs-Webhook-Id: $id" \
    --header "X-ToAPIs-Webhook-Timestamp: $timestamp" \
    --header "X-ToAPIs-Webhook-Signature: v1=$signature" \
    --data-binary "$body"
