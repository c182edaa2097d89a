import { isWriteRefused } from "#app/db/errors.ts";
import { log } from "#app/log.server.ts";

let refusal: Error | undefined;

/** Whether the last write was refused by a database that only reads, or has no room. */
export function areWritesFailing(): boolean {
  return refusal !== undefined;
}

/** Logs the first refusal after a write that worked; ignores other errors. */
export function noteRefusedWrite(error: unknown): void {
  if (!isWriteRefused(error)) return;
  if (!refusal) log.error({ event: "db.writes_failing", reason: (error as Error).message }, "the database takes no writes");
  refusal = error as Error;
}

export function noteWrite(): void {
  if (refusal) log.info({ event: "db.writes_working" }, "the database takes writes again");
  refusal = undefined;
}

/** Whether the database reports that it is writable. One with a full disk does so too: only a write can tell. */
export function noteReadOnly(isReadOnly: boolean): void {
  if (isReadOnly) noteRefusedWrite(Object.assign(new Error("the database is read-only"), { code: "25006" }));
  else if (refusal && (refusal as { code?: unknown }).code === "25006") noteWrite();
}
