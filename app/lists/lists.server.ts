import { randomUUIDv7 } from "node:crypto";
import { type Kysely, sql, type UpdateObject } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { leaveTombstones, type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import { type List, ListConflict, type ListInput } from "#app/lists/list.ts";
import { type ListPatch, listJson, READ_ONLY } from "#app/lists/list-json.ts";
import { LIST_COLUMNS, openCount, toList } from "#app/lists/mapping.server.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { validateReadOnly } from "#app/tasks/rules.ts";
import { lastRank, rankAt } from "#app/tasks/store/rank.server.ts";
import { updateTasks } from "#app/tasks/store/rows.server.ts";
import { ListId } from "#app/tasks/task.ts";
import type { MoveTarget } from "#app/tasks/wire/operation.ts";

/** `undefined`: this user has no such list, whoever else may. */
type Changed = List | ListConflict | InvalidFields | undefined;

/** The only door to the `list` table, and it opens on one user's rows. Within `transaction`, everything is part of it. */
export function listsOf(user: Pick<UserRef, "id">, transaction?: WriteTransaction) {
  const writer = writerFor(user.id, transaction);
  const mine = listsIn(writer.qb);

  function listsIn(qb: Kysely<Database>) {
    return qb
      .selectFrom("list")
      .where("list.userId", "=", user.id)
      .select(LIST_COLUMNS)
      .select((eb) => openCount(eb).as("openCount"));
  }

  /** In hand order. */
  async function list(): Promise<List[]> {
    return (await mine.orderBy("rank").orderBy("id").execute()).map(toList);
  }

  /** Without what it takes time to count. */
  async function names(): Promise<Pick<List, "id" | "name">[]> {
    return writer.qb.selectFrom("list").select(["id", "name"]).where("userId", "=", user.id).orderBy("rank").orderBy("id").execute();
  }

  /** `undefined`: this user has no such list, whoever else may. */
  async function find(id: string): Promise<List | undefined> {
    return findIn(writer.qb, id);
  }

  async function findIn(qb: Kysely<Database>, id: string): Promise<List | undefined> {
    if (!ListId.safeParse(id).success) return undefined;
    const row = await listsIn(qb).where("id", "=", id).executeTakeFirst();
    return row && toList(row);
  }

  /** Finds the list in the user's transaction, in which nobody else changes it. `versions` are those at which the change may happen; without it, at any. */
  async function onList<T>(id: string, versions: number[] | undefined, work: (transaction: WriteTransaction, list: List) => Promise<T>) {
    if (!ListId.safeParse(id).success) return undefined;
    return writer.inWriteTransaction(async (transaction) => {
      const list = await findIn(transaction.qb, id);
      if (list && versions && !versions.includes(list.version)) return new ListConflict(list);
      return list && work(transaction, list);
    });
  }

  /** The new list is the last in hand order. */
  async function create(input: ListInput): Promise<List> {
    const row = await writer.inOneStatement((context) =>
      context.qb
        .insertInto("list")
        .values({ ...input, userId: user.id, id: randomUUIDv7(), rank: lastRank(context), changeSeq: context.changeNumber })
        .returning(LIST_COLUMNS)
        .executeTakeFirstOrThrow(),
    );
    return toList({ ...row, openCount: 0 });
  }

  /** Changes what differs; when nothing does, nothing happens and the version stays. */
  async function update(id: string, patch: ListPatch, versions?: number[]): Promise<Changed> {
    return onList(id, versions, async (transaction, list) => {
      const problems = validateReadOnly(READ_ONLY, patch, listJson(list));
      if (problems.length > 0) return new InvalidFields(problems);
      const { name = list.name, color = list.color } = patch;
      return name === list.name && color === list.color ? list : write(transaction, list, { name, color });
    });
  }

  /** To another place in hand order. */
  async function move(id: string, place: MoveTarget, versions?: number[]): Promise<Changed> {
    return onList(id, versions, async (transaction, list) => {
      const rank = await rankAt(transaction, user.id, place, "list");
      if (rank !== undefined) return write(transaction, list, { rank });
      return new InvalidFields([{ pointer: place.after ? "/after" : "/before", message: "is not one of your lists" }]);
    });
  }

  async function write({ qb, changeNumber }: WriteTransaction, list: List, values: UpdateObject<Database, "list"> = {}): Promise<List> {
    const row = await qb
      .updateTable("list")
      .set({ ...values, updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: changeNumber })
      .where("userId", "=", user.id)
      .where("id", "=", list.id)
      .returning(LIST_COLUMNS)
      .executeTakeFirstOrThrow();
    return toList({ ...row, openCount: list.openCount });
  }

  /** Its tasks go to the Inbox, or with `tasks: "trash"` to the trash. Returns what it was, at the change that undo takes. */
  async function remove(
    id: string,
    options: { tasks: "inbox" | "trash" } = { tasks: "inbox" },
    versions?: number[],
  ): Promise<List | ListConflict | undefined> {
    return onList(id, versions, async (transaction, list) => {
      // A last version, so that what it was is kept as with every change.
      const removed = await write(transaction, list);
      await emptyList(transaction, list.id, options.tasks);
      await transaction.qb.deleteFrom("list").where("userId", "=", user.id).where("id", "=", list.id).execute();
      await leaveTombstones(transaction, user.id, "list", [list.id]);
      return removed;
    });
  }

  async function emptyList(transaction: WriteTransaction, id: string, into: "inbox" | "trash"): Promise<void> {
    const rows = transaction.qb.selectFrom("task").select("id").where("userId", "=", user.id);
    const ids = (await rows.where("listId", "=", id).execute()).map((task) => task.id);
    if (into === "inbox") return void (await updateTasks(transaction, user.id, ids, { listId: null }));
    const living = rows.where("deletedAt", "is", null);
    const subtasks = await living.where("parentId", "in", living.where("listId", "=", id)).execute();
    const removed = { listId: null, deletedAt: sql<Timestamp>`coalesce(deleted_at, now())` };
    await updateTasks(transaction, user.id, [...ids, ...subtasks.map((task) => task.id)], removed);
  }

  return { list, names, find, create, update, move, remove };
}
