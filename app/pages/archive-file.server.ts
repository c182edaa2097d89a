import { createReadableStreamFromReadable } from "@react-router/node";
import type { UserRef } from "#app/context.ts";
import { consume, limit } from "#app/http/limits.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import type { ArchiveFormat } from "#app/io/archive.ts";
import { dayAt } from "#app/time.ts";

const MEDIA_TYPES = { json: "application/json", csv: "text/csv; charset=utf-8; header=present" };

/** Each is as much work as thousands of other requests, so there are fewer of them in a minute. */
const exports = limit("exports", 30);
const imports = limit("imports", 30);

/** Throws the `rate_limited` problem for who takes in more files than anybody needs to. */
export async function countImport(user: UserRef): Promise<void> {
  await consume(imports, user.id);
}

/** All that a user has, as a file named by their day. */
export async function archiveFile(
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
  return new Response(createReadableStreamFromReadable(content), { headers: { ...headers, "Content-Length": String(size) } });
}
