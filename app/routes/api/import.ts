import { scoped } from "#app/auth/bearer-guard.server.ts";
import { type UserRef, userContext } from "#app/context.ts";
import { Problem } from "#app/http/problem.ts";
import { mediaTypeOf, readQuery } from "#app/http/read.ts";
import { resource } from "#app/http/resource.ts";
import { jsonResponse } from "#app/http/response.ts";
import type { ImportResult } from "#app/io/archive.server.ts";
import { type ArchiveFormat, ImportQuery, InvalidArchive } from "#app/io/archive.ts";
import type { ParsedArchive } from "#app/io/entries.ts";
import { parseArchive } from "#app/io/parse.ts";
import { countImport } from "#app/pages/archive-file.server.ts";
import type { Route } from "./+types/import";
import { archiveFor } from "./repositories";

const FORMATS: Record<string, ArchiveFormat> = { "application/json": "json", "text/csv": "csv" };

async function take({ request, url, context }: Route.ActionArgs): Promise<Response> {
  const { dry_run = false } = readQuery(url, ImportQuery);
  const user = context.get(userContext);
  await countImport(user);
  const read = await archiveIn(request, user);
  const archive = archiveFor(context);
  const { lists, tasks } = allRight(await (dry_run ? archive.preview(read) : archive.importArchive(read)));
  return jsonResponse({ dry_run, lists, tasks } satisfies ImportResult & { dry_run: boolean });
}

async function archiveIn(request: Request, user: UserRef): Promise<ParsedArchive> {
  const format = FORMATS[mediaTypeOf(request)];
  if (!format) {
    const accepted = Object.keys(FORMATS);
    const detail = `An archive is ${accepted.join(" or ")}`;
    throw new Problem("unsupported_media_type", { detail, headers: { Accept: accepted.join(", ") } });
  }
  const read = await parseArchive(user, new Uint8Array(await request.arrayBuffer()), format);
  if (!read)
    throw format === "json" ? new Problem("malformed_json") : new Problem("malformed_request", { detail: "The body is not UTF-8" });
  return allRight(read);
}

function allRight<T extends object>(outcome: T | InvalidArchive): T {
  if (outcome instanceof InvalidArchive) throw new Problem("invalid_fields", { errors: outcome.problems });
  return outcome;
}

export const loader = resource({ POST: scoped("tasks:write", take) });
export const action = loader;
