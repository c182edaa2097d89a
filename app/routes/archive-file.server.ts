import { createReadableStreamFromReadable } from "@react-router/node";
import { archiveOf } from "#app/archive/archive.server.ts";
import type { ArchiveFormat } from "#app/archive/archive.ts";
import type { UserRef } from "#app/context.ts";
import { dayAt } from "#app/tasks/dates.ts";

const MEDIA_TYPES = { json: "application/json", csv: "text/csv; charset=utf-8; header=present" };

/** All that a user has, as a file named by their day. */
export async function archiveFile(request: Request, user: UserRef, format: ArchiveFormat): Promise<Response> {
  const name = `doable-${dayAt(Temporal.Now.instant(), user.timezone)}.${format}`;
  const headers = {
    "Content-Type": MEDIA_TYPES[format],
    "Content-Disposition": `attachment; filename="${name}"`,
    "Cache-Control": "private, no-store",
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  const { size, content } = await archiveOf(user).write(format);
  return new Response(createReadableStreamFromReadable(content), { headers: { ...headers, "Content-Length": String(size) } });
}
