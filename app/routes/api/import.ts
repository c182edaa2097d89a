import { scoped } from "#app/auth/bearer-guard.server.ts";
import { userContext } from "#app/context.ts";
import { Problem } from "#app/http/problem.ts";
import { mediaTypeOf, readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import type { ImportResult } from "#app/io/archive.server.ts";
import { type ArchiveFormat, ImportQuery, InvalidArchive } from "#app/io/archive.ts";
import type { ParsedArchive } from "#app/io/entries.ts";
import { oneImportAtATime, parseArchive } from "#app/io/parse.ts";
import { limitImports } from "#app/pages/archive-file.server.ts";
import { archiveFor } from "#app/routes/api/repositories.ts";
import { orProblem } from "#app/routes/api/task-response.ts";
import type { Route } from "./+types/import";

const FORMATS: Record<string, ArchiveFormat> = { "application/json": "json", "text/csv": "csv" };

async function importArchive({ request, url, context }: Route.ActionArgs): Promise<Response> {
  const { dry_run } = readQuery(url, ImportQuery);
  const user = context.get(userContext);
  await limitImports(user);
  const format = formatOf(request);
  // Read before the import starts: a slow upload must not block other imports.
  const bytes = new Uint8Array(await request.arrayBuffer());
  return oneImportAtATime(async () => {
    const content = await parse(bytes, format);
    const archive = archiveFor(context);
    const outcome = await (dry_run ? archive.preview(content) : archive.importArchive(content));
    const { lists, tasks } = orProblem(orInvalidFields(outcome));
    return jsonResponse({ dry_run, lists, tasks } satisfies ImportResult & { dry_run: boolean });
  });
}

function formatOf(request: Request): ArchiveFormat {
  const format = FORMATS[mediaTypeOf(request)];
  if (!format) {
    const accepted = Object.keys(FORMATS);
    const detail = `An archive is ${accepted.join(" or ")}`;
    throw new Problem("unsupported_media_type", { detail, headers: { Accept: accepted.join(", ") } });
  }
  return format;
}

const NOT_TEXT = "The body is neither UTF-8 nor UTF-16 with a byte order mark";

async function parse(bytes: Uint8Array, format: ArchiveFormat): Promise<ParsedArchive> {
  const content = await parseArchive(bytes, format);
  if (!content) throw format === "json" ? new Problem("malformed_json") : new Problem("malformed_request", { detail: NOT_TEXT });
  return orInvalidFields(content);
}

function orInvalidFields<T extends object>(outcome: T | InvalidArchive): T {
  if (outcome instanceof InvalidArchive) throw new Problem("invalid_fields", { errors: outcome.first, errorCount: outcome.total });
  return outcome;
}

export const loader = resource({ POST: scoped("tasks:write", importArchive) });
export const action = loader;
