import { Download } from "lucide-react";
import { data, Form, redirect } from "react-router";
import { FormError } from "#app/components/forms/field.tsx";
import { FileProblems } from "#app/components/settings/file-problems.tsx";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { type UserRef, userContext } from "#app/context.ts";
import { readForm } from "#app/http/form.ts";
import { Problem } from "#app/http/problem.ts";
import { mediaTypeOf } from "#app/http/read.ts";
import { archiveOf, isRefusal, refusalProblems } from "#app/io/archive.server.ts";
import { type ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import { formatOf, oneImportAtATime, parseArchive } from "#app/io/parse.ts";
import { pendingImportOf } from "#app/io/pending-import.server.ts";
import { limitImports } from "#app/pages/archive-file.server.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import type { Route } from "./+types/data";

const MAX_SIZE = 10 * 1024 * 1024;

/** Its existence makes the layout's guard run on client-side navigations. */
export function loader() {
  return null;
}

export async function action(args: Route.ActionArgs) {
  if (mediaTypeOf(args.request) !== "multipart/form-data") return taskAction(args);
  const file = (await readForm(args.request)).get("file");
  if (!(file instanceof File) || file.size === 0) return rejectFile("Choose a file that has something in it.");
  if (file.size > MAX_SIZE) return rejectFile("That file is larger than 10 MB. Import it in parts.");
  const user = args.context.get(userContext);
  try {
    await limitImports(user);
  } catch (error) {
    if (error instanceof Problem) return rejectFile("Those were many files. Try again in a minute.");
    throw error;
  }
  return oneImportAtATime(() => storeIfValid(user, file));
}

/** Stores a valid file until its import is confirmed on the preview page. */
async function storeIfValid(user: UserRef, file: File) {
  const content = new Uint8Array(await file.arrayBuffer());
  const read = await parseArchive(content, formatOf(content));
  if (!read) return rejectFile("That can't be read: it is neither JSON nor a table in UTF-8. A spreadsheet calls it “CSV UTF-8”.");
  const preview = read instanceof InvalidArchive ? read : await archiveOf(user).preview(read);
  if (isRefusal(preview)) return data({ error: undefined, name: file.name, problems: refusalProblems(preview) }, 422);
  await pendingImportOf(user).save(file.name, content);
  return redirect("/settings/data/import");
}

function rejectFile(error: string) {
  return data({ error, name: "", problems: [] }, 422);
}

const FORMATS: { format: ArchiveFormat; name: string; hint: string }[] = [
  { format: "json", name: "JSON", hint: "Everything there is: lists, tasks, subtasks, repeats, the trash. What Doable takes back best." },
  { format: "csv", name: "CSV", hint: "A row for each task, for any spreadsheet. Lists that are empty are left out." },
];

export default function Data({ actionData }: Route.ComponentProps) {
  const rejected = actionData && "problems" in actionData ? actionData : undefined;
  return (
    <>
      <PageHead title="Your data" sub="Take all of it with you, or bring it here" />
      <section aria-labelledby="export">
        <h2 id="export" className="px-0.5 pb-1.5 text-sm font-[640]">
          Export
        </h2>
        <ul className="border-t border-line">
          {FORMATS.map(({ format, name, hint }) => (
            <li key={format} className="flex items-center gap-3 border-b border-line py-2.5 pl-0.5">
              <p className="min-w-0 flex-1">
                <span className="font-[480]">{name}</span>
                <span className="block text-[13px] text-ink-2">{hint}</span>
              </p>
              <a
                href={`/settings/data/export?format=${format}`}
                download
                aria-label={`Download ${name}`}
                className="button-quiet flex-none"
              >
                <Download aria-hidden="true" size={16} />
                Download
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="import" className="mt-9">
        <h2 id="import" className="px-0.5 pb-1.5 text-sm font-[640]">
          Import
        </h2>
        {rejected && rejected.problems.length > 0 && <FileProblems name={rejected.name} problems={rejected.problems} />}
        {/* Submitted natively: scripts add nothing to a large upload that leads to another page. */}
        <Form
          method="post"
          action="/settings/data"
          encType="multipart/form-data"
          reloadDocument
          className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-4 shadow-raised"
        >
          {rejected?.error && <FormError>{rejected.error}</FormError>}
          <label htmlFor="file" className="text-[13px] font-medium text-ink-2">
            A JSON or CSV file, up to 10 MB
          </label>
          <div className="flex flex-wrap items-center gap-3">
            <input
              id="file"
              type="file"
              name="file"
              required
              accept=".json,.csv,application/json,text/csv"
              aria-describedby="file-hint"
              onChange={({ currentTarget }) =>
                currentTarget.setCustomValidity(isTooLarge(currentTarget) ? "That file is larger than 10 MB." : "")
              }
              className="input-file min-w-56 flex-1"
            />
            <button type="submit" className="button flex-none">
              Preview
            </button>
          </div>
          <p id="file-hint" className="text-[13px] text-ink-3">
            Nothing is changed before you have seen what would be. What you have already is never doubled.
          </p>
        </Form>
      </section>
    </>
  );
}

function isTooLarge({ files }: HTMLInputElement): boolean {
  return (files?.[0]?.size ?? 0) > MAX_SIZE;
}
