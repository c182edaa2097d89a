import { data, Form, redirect } from "react-router";
import { FileProblems } from "#app/components/settings/file-problems.tsx";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { type UserRef, userContext } from "#app/context.ts";
import { readForm } from "#app/http/form.ts";
import { retryAfterOf } from "#app/http/limits.server.ts";
import { tooOftenPage } from "#app/http/too-often.ts";
import { archiveOf, type ImportResult, isRefusal, refusalProblems } from "#app/io/archive.server.ts";
import { InvalidArchive } from "#app/io/archive.ts";
import { formatOf, oneImportAtATime, parseArchive } from "#app/io/parse.ts";
import { type PendingImport, pendingImportOf } from "#app/io/pending-import.server.ts";
import { limitImports } from "#app/pages/archive-file.server.ts";
import type { Route } from "./+types/data-import";

const BACK = "/settings/data";

export async function loader({ context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const file = await pendingImportOf(user).find();
  if (!file) throw redirect(`${BACK}?did=unheld`);
  await limitImports(user).catch(tooOften);
  const preview = await oneImportAtATime(async () => {
    const read = await archiveIn(file);
    return read instanceof InvalidArchive ? read : archiveOf(user).preview(read);
  });
  return isRefusal(preview)
    ? { id: file.id, name: file.name, preview: undefined, problems: refusalProblems(preview) }
    : { id: file.id, name: file.name, preview, problems: [] };
}

function tooOften(error: unknown): never {
  const seconds = retryAfterOf(error);
  throw seconds === undefined ? error : tooOftenPage({ seconds, fields: [] });
}

/** Only readable files are stored, so an unreadable one is not expected. */
async function archiveIn({ content }: PendingImport) {
  return (await parseArchive(content, formatOf(content))) ?? new InvalidArchive([{ pointer: "", message: "can't be read" }]);
}

export async function action({ request, context }: Route.ActionArgs) {
  const user = context.get(userContext);
  const form = await readForm(request);
  const id = String(form.get("id"));
  switch (form.get("intent")) {
    case "drop":
      await pendingImportOf(user).take(id);
      return redirect(BACK);
    case "import":
      // While another import runs, the file is not taken, so that it can be imported afterwards.
      return oneImportAtATime(() => importPending(user, id));
    default:
      throw data(null, 400);
  }
}

async function importPending(user: UserRef, id: string) {
  const file = await pendingImportOf(user).take(id);
  if (!file) return redirect(`${BACK}?did=unheld`);
  const read = await archiveIn(file);
  const result = read instanceof InvalidArchive ? read : await archiveOf(user).importArchive(read);
  if (isRefusal(result)) return redirect(`${BACK}?did=${result instanceof InvalidArchive ? "unheld" : "full"}`);
  return redirect(`${BACK}?did=imported&change=${result.changeSeq}`);
}

export default function DataImport({ loaderData: { id, name, preview, problems } }: Route.ComponentProps) {
  const isNothingNew = preview !== undefined && preview.lists.created + preview.tasks.created === 0;
  return (
    <>
      <PageHead title="Import" sub={`What “${name}” would bring`} />
      {preview ? <Preview preview={preview} /> : <FileProblems name={name} problems={problems} />}
      {isNothingNew && <p className="mt-4 text-sm text-ink-2">All of it is here already, so there is nothing to import.</p>}
      <Form method="post" reloadDocument className="mt-6 flex gap-2">
        <input type="hidden" name="id" value={id} />
        {preview && !isNothingNew && (
          <button type="submit" name="intent" value="import" className="button">
            Import {preview.tasks.created > 0 && counted(preview.tasks.created, "task")}
          </button>
        )}
        <button type="submit" name="intent" value="drop" className="button-quiet">
          {isNothingNew || !preview ? "Back" : "Cancel"}
        </button>
      </Form>
    </>
  );
}

function Preview({ preview: { lists, tasks, titles } }: { preview: ImportResult & { titles: string[] } }) {
  const more = tasks.created - titles.length;
  return (
    <>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-right text-[13px] text-ink-2">
            <td />
            <th scope="col" className="w-24 py-2 font-medium">
              New
            </th>
            <th scope="col" className="w-32 py-2 font-medium">
              Here already
            </th>
          </tr>
        </thead>
        <tbody>
          {[
            { kind: "Tasks", ...tasks },
            { kind: "Lists", ...lists },
          ].map(({ kind, created, skipped }) => (
            <tr key={kind} className="border-b border-line text-right tabular-nums">
              <th scope="row" className="py-2.5 pl-0.5 text-left font-[480]">
                {kind}
              </th>
              <td className="font-[640]">{created}</td>
              <td className="text-ink-2">{skipped}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {titles.length > 0 && (
        <section aria-labelledby="first" className="mt-7.5">
          <h2 id="first" className="px-0.5 pb-1.5 text-sm font-[640]">
            New tasks
          </h2>
          <ul className="border-t border-line">
            {titles.map((title, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same title may come twice, and the list never changes.
              <li key={index} className="border-b border-line px-0.5 py-2 break-words">
                {title}
              </li>
            ))}
          </ul>
          {more > 0 && <p className="px-0.5 pt-2 text-[13px] text-ink-2">And {more} more</p>}
        </section>
      )}
    </>
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
