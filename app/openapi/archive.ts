import { z } from "zod";
import { IMPORT_BODY_LIMIT } from "#app/http/body-limits.ts";
import {
  ARCHIVE_VERSION,
  ARCHIVES_PER_MINUTE,
  ArchivedList,
  ArchivedTask,
  ArchiveFrame,
  ExportQuery,
  ImportQuery,
  MAX_ENTRIES,
} from "#app/io/archive.ts";
import { COLUMN_NAMES } from "#app/io/csv-columns.ts";
import { LIST_ID, list, task } from "#app/openapi/examples.ts";
import type { Paths } from "#app/openapi/operation-spec.ts";

const Archive = ArchiveFrame.extend({ lists: z.array(ArchivedList).default([]), tasks: z.array(ArchivedTask).default([]) });
const Count = z.strictObject({ created: z.int(), skipped: z.int().meta({ description: "Those that exist already." }) });

export const archiveRequests = { Archive };
export const archiveResponses = { Imported: z.strictObject({ dry_run: z.boolean(), lists: Count, tasks: Count }) };

const { open_count: _, version: __, ...archivedList } = list;
const { version: ___, url: ____, ...archivedTask } = { ...task, list_id: LIST_ID };
const example = { version: ARCHIVE_VERSION, lists: [archivedList], tasks: [archivedTask] };
const csv = "title,due_date,labels,list\nPay rent,2026-12-01,home,Home\n";

export const archivePaths: Paths = {
  "/api/{user_id}/export": {
    get: {
      id: "exportAll",
      tag: "Data",
      summary: "Export everything as one file",
      description: `JSON is complete: an import of it, exported again, is the same. CSV (RFC 4180) has a row for each task, also those in the trash, with the columns \`${COLUMN_NAMES.join("`, `")}\`: \`labels\` are separated by commas, and lists without tasks are left out. A cell that a spreadsheet would execute, or save as another number (\`007\`, \`1E5\`, twelve digits), begins with an apostrophe, which an import removes. At most ${ARCHIVES_PER_MINUTE} a minute.`,
      needs: "tasks:read",
      query: { schema: ExportQuery, example: { format: "json" } },
      responses: {
        200: { description: "The file.", schema: "Archive", headers: ["Content-Disposition"], example, text: { "text/csv": csv } },
      },
    },
  },
  "/api/{user_id}/import": {
    post: {
      id: "importAll",
      tag: "Data",
      summary: "Import such a file",
      description: `Imports all of it or nothing, up to ${IMPORT_BODY_LIMIT / 2 ** 20} MiB and ${MAX_ENTRIES.toLocaleString("en")} tasks. Lists and tasks that exist already, by \`id\` or \`external_id\`, are skipped, so that a second import duplicates nothing. One without an \`id\` gets one that is derived from its content. A CSV needs only the column \`title\`, and may have been saved by a spreadsheet: with commas, semicolons, tabs or a line \`sep=;\`, in UTF-8 or in UTF-16 with a byte order mark, with names such as \`Due date\`, empty columns, times such as \`9:00\` or \`9:00 AM\`, days such as \`1.12.2026\`, and \`12/31/2026\` or \`31/12/2026\` where another date in the file tells the order. The pointer of an invalid or ambiguous cell is \`#cell=row,column\` (RFC 7111). At most ${ARCHIVES_PER_MINUTE} a minute, and one at a time on the server: while another one runs, the response is 503 with \`Retry-After\`.`,
      needs: "tasks:write",
      query: { schema: ImportQuery, example: { dry_run: true } },
      body: { schema: "Archive", example, text: { "text/csv": csv } },
      responses: {
        200: {
          description: "How many lists and tasks were created and skipped; with `dry_run`, would be.",
          schema: "Imported",
          example: { dry_run: true, lists: { created: 0, skipped: 1 }, tasks: { created: 1, skipped: 0 } },
        },
      },
      problems: ["quota_exceeded"],
    },
  },
};
