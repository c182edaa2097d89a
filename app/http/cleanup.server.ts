import { deleteOldRows } from "#app/db/old-rows.server.ts";
import { IDEMPOTENCY_TTL_HOURS } from "#app/http/idempotency-store.server.ts";

/** Deletes the responses that are stored for idempotency keys once no repeated request is given them any more. */
export async function deleteExpiredResponses(): Promise<void> {
  await deleteOldRows("kept_answer", "created_at", { hours: IDEMPOTENCY_TTL_HOURS });
}
