import type { UserRef } from "#app/context.ts";
import { inSnapshot } from "#app/db/snapshot.server.ts";
import { numberFrom, type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import { type ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import { jsonArchive } from "#app/io/archive-json.ts";
import { csvArchive } from "#app/io/csv.ts";
import { type Plan, type Present, planned } from "#app/io/import-plan.ts";
import { highestNumber } from "#app/io/rank.ts";
import type { ReadArchive } from "#app/io/read-json.ts";
import { type Spooled, spooled } from "#app/io/temp-file.server.ts";
import { everyList, insertLists } from "#app/lists/transfer.server.ts";
import { lastRankIn } from "#app/tasks/store/rank.server.ts";
import { allTasks, existingExternalIds, existingTasks, findOpenSeries, insertTasks } from "#app/tasks/store/transfer.server.ts";

/** What came of an archive, or would. */
export interface Taken {
  lists: { created: number; skipped: number };
  tasks: { created: number; skipped: number };
}

const SHOWN = 10;

/** All that a user has, out and in again. Within `transaction`, taking in is part of it. */
export function archiveOf(user: Pick<UserRef, "id">, transaction?: WriteTransaction) {
  /**
   * Everything as it is at one moment. It is read as fast as the database answers, and not as fast as somebody far
   * away takes it: neither a connection nor a snapshot waits for them.
   */
  async function write(format: ArchiveFormat, options: { forSpreadsheets: boolean } = { forSpreadsheets: false }): Promise<Spooled> {
    return inSnapshot(user.id, async (qb) => {
      const lists = await everyList(qb, user.id);
      const tasks = allTasks(qb, user.id);
      if (format === "json") return spooled(jsonArchive(lists, tasks));
      return spooled(csvArchive(new Map(lists.map(({ id, name }) => [id, name])), tasks, options));
    });
  }

  /** What `take` would do, at this moment; `titles` are those of the first tasks that it would make. */
  async function preview(archive: ReadArchive): Promise<(Taken & { titles: string[] }) | InvalidArchive> {
    const plan = transaction ? await planOn(transaction.qb, archive) : await inSnapshot(user.id, (qb) => planOn(qb, archive));
    if (plan instanceof InvalidArchive) return plan;
    return { ...outcomeOf(plan), titles: plan.tasks.slice(0, SHOWN).map(({ title }) => title) };
  }

  /** Takes an archive in, as one change: all of it that is not there yet, or, if anything is wrong with it, nothing. */
  async function take(archive: ReadArchive): Promise<(Taken & { changeSeq: number }) | InvalidArchive> {
    return writerFor(user.id, transaction).inWriteTransaction(async (transaction) => {
      const plan = await planOn(transaction.qb, archive);
      if (plan instanceof InvalidArchive) return plan;
      await carryOut(transaction, plan);
      return { ...outcomeOf(plan), changeSeq: transaction.changeNumber };
    });
  }

  async function planOn(qb: WriteTransaction["qb"], archive: ReadArchive): Promise<Plan | InvalidArchive> {
    const plan = await planned(archive, await presentIn(qb, archive));
    return Array.isArray(plan) ? new InvalidArchive(plan.map(archive.placed)) : plan;
  }

  async function presentIn(qb: WriteTransaction["qb"], { tasks }: ReadArchive): Promise<Present> {
    const named = tasks.flatMap(({ external_id }) => external_id ?? []);
    const externalIds = await existingExternalIds(qb, user.id, named);
    const ids = tasks.flatMap(({ id, parent_id }) => (parent_id === null ? id : [id, parent_id]));
    return {
      lists: await everyList(qb, user.id),
      tasks: await existingTasks(qb, user.id, [...ids, ...externalIds.values()]),
      externalIds,
      openSeries: await findOpenSeries(qb, user.id),
    };
  }

  async function carryOut(transaction: WriteTransaction, { lists, tasks }: Plan): Promise<void> {
    const ranked = <T extends { rank?: string | undefined }>(entry: T) => ({ ...entry, rank: entry.rank ?? lastRankIn(transaction) });
    await insertLists(transaction, user.id, lists.map(ranked));
    await insertTasks(transaction, user.id, tasks.map(ranked));
    await numberFrom(transaction, user.id, highestNumber([...lists, ...tasks].map(({ rank }) => rank)));
  }

  return { write, preview, take };
}

function outcomeOf({ lists, tasks, skipped }: Plan): Taken {
  return {
    lists: { created: lists.length, skipped: skipped.lists },
    tasks: { created: tasks.length, skipped: skipped.tasks },
  };
}
