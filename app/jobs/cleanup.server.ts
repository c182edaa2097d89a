import { deleteOldPasswordTries } from "#app/auth/password-tries.server.ts";
import { deleteExpiredSessions } from "#app/auth/session.server.ts";
import { deleteOldHistory, deleteOldTombstones } from "#app/changes/cleanup.server.ts";
import { deleteExpiredResponses } from "#app/http/idempotency-store.server.ts";
import { measureJob } from "#app/http/metrics.server.ts";
import { deleteExpiredImports } from "#app/io/pending-import.server.ts";
import { log } from "#app/log.server.ts";
import { purgeOldTrash } from "#app/tasks/store/cleanup.server.ts";

/** Several instances may run these at once. */
const CLEANUPS = {
  trash: () => purgeOldTrash(report("trash")),
  history: deleteOldHistory,
  tombstones: deleteOldTombstones,
  idempotency: deleteExpiredResponses,
  imports: deleteExpiredImports,
  sessions: deleteExpiredSessions,
  passwordTries: deleteOldPasswordTries,
} as const satisfies Record<string, () => Promise<void>>;

/** A clean-up that fails is logged, and the others run. */
export async function cleanUp(): Promise<void> {
  for (const [name, run] of Object.entries(CLEANUPS)) await measureJob(`cleanup_${name}`, run).catch(report(name));
}

function report(name: string): (error: unknown) => void {
  return (error) => log.warn({ event: "cleanup.failed", cleanup: name, reason: String(error) }, "expired data could not be deleted");
}
