import { setImmediate as nextMacrotask } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { RepositoryUser } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import { inSnapshot } from "#app/db/user-connections.server.ts";
import { raiseChangeNumber, type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import { type ArchivedTask, type ArchiveFormat, InvalidArchive, ProblemList } from "#app/io/archive.ts";
import { csvArchive } from "#app/io/csv.ts";
import type { ParsedArchive } from "#app/io/entries.ts";
import { existingData } from "#app/io/existing-data.server.ts";
import { type ImportPlan, planImport } from "#app/io/import-plan.ts";
import { jsonArchive } from "#app/io/json.ts";
import { locate } from "#app/io/locate.ts";
import { highestChangeNumber } from "#app/io/rank.ts";
import { type TempFile, writeTempFile } from "#app/io/temp-file.server.ts";
import { slicesOf } from "#app/io/yielding.ts";
import { allLists, insertLists } from "#app/lists/transfer.server.ts";
import { camelKeys } from "#app/tasks/keys.ts";
import { QuotaExceeded } from "#app/tasks/outcome.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import { exceededQuota, growthOf } from "#app/tasks/store/quota.server.ts";
import { lastRankIn } from "#app/tasks/store/rank.server.ts";
import { allTasks, insertTasks } from "#app/tasks/store/transfer.server.ts";

/** `skipped` ones existed already. In a preview, `created` ones do not exist yet. */
export interface ImportResult {
  lists: { created: number; skipped: number };
  tasks: { created: number; skipped: number };
}

/** Why an archive can't be imported. */
export type ImportRefusal = InvalidArchive | QuotaExceeded;

export function isRefusal(outcome: unknown): outcome is ImportRefusal {
  return outcome instanceof InvalidArchive || outcome instanceof QuotaExceeded;
}

export function refusalProblems(refusal: ImportRefusal): FieldProblem[] {
  if (refusal instanceof InvalidArchive) return refusal.problems;
  return [{ pointer: "", message: `brings too much: ${refusal.message}` }];
}

const PREVIEW_TITLES = 10;

// With these, a statement takes the embedded database, and so this thread, about 50 ms at most.
const LISTS_IN_STATEMENT = 200;
/** In characters, which are indexed for the search. */
const TEXT_IN_STATEMENT = 32_000;

/** With `transaction`, an import is part of it. */
export function archiveOf(user: RepositoryUser, transaction?: WriteTransaction) {
  /** All data as of one moment, in a temporary file: a slow client must hold neither a database connection nor a snapshot open. */
  async function exportAs(format: ArchiveFormat, options: { forSpreadsheets: boolean } = { forSpreadsheets: false }): Promise<TempFile> {
    return writeTempFile((file) =>
      inSnapshot(user.id, async (qb) => {
        // Not empty if the transaction is repeated.
        await file.truncate();
        for await (const chunk of chunksOf(qb, format, options)) await file.appendFile(chunk);
      }),
    );
  }

  async function* chunksOf(qb: Kysely<Database>, format: ArchiveFormat, options: { forSpreadsheets: boolean }): AsyncGenerator<string> {
    const lists = await allLists(qb, user.id);
    const tasks = allTasks(qb, user.id);
    if (format === "json") yield* jsonArchive(lists, tasks);
    else yield* csvArchive(new Map(lists.map(({ id, name }) => [id, name])), tasks, options);
  }

  async function preview(archive: ParsedArchive): Promise<(ImportResult & { titles: string[] }) | ImportRefusal> {
    const plan = transaction ? await planOn(transaction.qb, archive) : await inSnapshot(user.id, (qb) => planOn(qb, archive));
    if (isRefusal(plan)) return plan;
    return { ...resultOf(plan), titles: plan.tasks.slice(0, PREVIEW_TITLES).map(({ title }) => title) };
  }

  /** One change; creates nothing if the archive has any problem. */
  async function importArchive(archive: ParsedArchive): Promise<(ImportResult & { changeSeq: number }) | ImportRefusal> {
    return writerFor(user, transaction).inWriteTransaction(async (transaction) => {
      const plan = await planOn(transaction.qb, archive);
      if (isRefusal(plan)) return plan;
      await execute(transaction, plan);
      return { ...resultOf(plan), changeSeq: transaction.changeNumber };
    });
  }

  async function planOn(qb: WriteTransaction["qb"], archive: ParsedArchive): Promise<ImportPlan | ImportRefusal> {
    const existing = await existingData(qb, user, archive);
    await nextMacrotask();
    const plan = await planImport(archive, existing);
    if (plan instanceof ProblemList)
      return new InvalidArchive(
        plan.first.map((problem) => locate(archive.source, problem)),
        plan.total,
      );
    const growth = { ...growthOf(plan.tasks), listCount: plan.lists.length };
    return (await exceededQuota(qb, user.id, growth)) ?? plan;
  }

  async function execute(transaction: WriteTransaction, { lists, tasks }: ImportPlan): Promise<void> {
    const ranked = <T extends { rank?: string | undefined }>(entry: T) => ({ ...entry, rank: entry.rank ?? lastRankIn(transaction) });
    for await (const slice of slicesOf(lists, LISTS_IN_STATEMENT)) await insertLists(transaction, user.id, slice.map(ranked));
    for await (const slice of slicesOf(tasks, TEXT_IN_STATEMENT, textLength))
      await insertTasks(
        transaction,
        user.id,
        slice.map((task) => camelKeys(ranked(task))),
      );
    await raiseChangeNumber(transaction, user.id, highestChangeNumber([...lists, ...tasks].map(({ rank }) => rank)));
  }

  return { exportAs, preview, importArchive };
}

/** With a share for the rest of the row. */
function textLength({ title, notes }: ArchivedTask): number {
  return 200 + title.length + notes.length;
}

function resultOf({ lists, tasks, skipped }: ImportPlan): ImportResult {
  return {
    lists: { created: lists.length, skipped: skipped.lists },
    tasks: { created: tasks.length, skipped: skipped.tasks },
  };
}
