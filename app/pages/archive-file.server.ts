import { addAbortSignal } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import type { UserRef } from "#app/context.ts";
import { consume, limit } from "#app/http/limits.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { ARCHIVES_PER_MINUTE, type ArchiveFormat } from "#app/io/archive.ts";
import { dayAt } from "#app/time.ts";

const MEDIA_TYPES = { json: "application/json", csv: "text/csv; charset=utf-8; header=present" };

const exports = limit("exports", ARCHIVES_PER_MINUTE);
const imports = limit("imports", ARCHIVES_PER_MINUTE);

/** Counts an import of the user; throws the `rate_limited` problem over the limit. */
export async function limitImports(user: UserRef): Promise<void> {
  await consume(imports, user.id);
}

export async function archiveResponse(
  request: Request,
  user: UserRef,
  format: ArchiveFormat,
  options?: { forSpreadsheets: boolean },
): Promise<Response> {
  const name = `doable-${dayAt(Temporal.Now.instant(), user.timezone)}.${format}`;
  const headers = {
    "Content-Type": MEDIA_TYPES[format],
    "Content-Disposition": `attachment; filename="${name}"`,
    "Cache-Control": "private, no-store",
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  await consume(exports, user.id);
  const { size, content } = await archiveOf(user).exportAs(format, options);
  // Needed to close the file of a client that has disconnected by now.
  addAbortSignal(request.signal, content);
  return new Response(createReadableStreamFromReadable(content), { headers: { ...headers, "Content-Length": String(size) } });
}
