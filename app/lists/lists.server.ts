import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import type { UserRef } from "#app/context.ts";
import { type Change, changesOf, leaveTombstones, type Turn } from "#app/db/change.server.ts";
import type { List, ListChanges, ListInput } from "#app/lists/list.ts";
import { LIST_COLUMNS, openCount, toList } from "#app/lists/row.server.ts";
import { lastRank, updateTasks } from "#app/tasks/change.server.ts";

/** The only door to the `list` table, and it opens on one user's rows. Within `turn`, everything is part of it. */
export function listsOf(user: Pick<UserRef, "id">, turn?: Turn) {
  const changes = changesOf(user.id, turn);
  const mine = changes.qb
    .selectFrom("list")
    .where("list.userId", "=", user.id)
    .select(LIST_COLUMNS)
    .select((eb) => openCount(eb).as("openCount"));

  /** In hand order. */
  async function list(): Promise<List[]> {
    return (await mine.orderBy("rank").orderBy("id").execute()).map(toList);
  }

  /** Without what it takes time to count. */
  async function names(): Promise<Pick<List, "id" | "name">[]> {
    return changes.qb.selectFrom("list").select(["id", "name"]).where("userId", "=", user.id).orderBy("rank").orderBy("id").execute();
  }

  /** `undefined`: this user has no such list, whoever else may. */
  async function find(id: string): Promise<List | undefined> {
    if (!isListId(id)) return undefined;
    const row = await mine.where("id", "=", id).executeTakeFirst();
    return row && toList(row);
  }

  /** The new list is the last in hand order. */
  async function create(input: ListInput): Promise<List> {
    const row = await changes.inOneStatement((change) =>
      change.qb
        .insertInto("list")
        .values({ ...input, userId: user.id, id: randomUUIDv7(), rank: lastRank(change), changeSeq: change.seq })
        .returning(LIST_COLUMNS)
        .executeTakeFirstOrThrow(),
    );
    return toList({ ...row, openCount: 0 });
  }

  async function update(id: string, values: ListChanges): Promise<List | undefined> {
    if (!isListId(id)) return undefined;
    await changes.inOneStatement((change) => changed(change, id, values).execute());
    return find(id);
  }

  function changed({ qb, seq }: Change, id: string, values: ListChanges = {}) {
    return qb
      .updateTable("list")
      .set({ ...values, updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: seq })
      .where("userId", "=", user.id)
      .where("id", "=", id);
  }

  /**
   * Its tasks go to the Inbox, or with `tasks: "trash"` to the trash. Returns the number of the change, which undo takes;
   * `undefined` when there was no such list.
   */
  async function remove(id: string, options: { tasks: "inbox" | "trash" } = { tasks: "inbox" }): Promise<number | undefined> {
    if (!isListId(id)) return undefined;
    return changes.inTurn(async (turn) => {
      // A last version, so that what it was is kept as with every change.
      const { numUpdatedRows } = await changed(turn, id).executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return undefined;
      await emptyList(turn, id, options.tasks);
      await turn.qb.deleteFrom("list").where("userId", "=", user.id).where("id", "=", id).execute();
      await leaveTombstones(turn, user.id, "list", [id]);
      return turn.seq;
    });
  }

  async function emptyList(turn: Turn, id: string, into: "inbox" | "trash"): Promise<void> {
    const rows = turn.qb.selectFrom("task").select("id").where("userId", "=", user.id);
    const ids = (await rows.where("listId", "=", id).execute()).map((task) => task.id);
    if (into === "inbox") return void (await updateTasks(turn, user.id, ids, { listId: null }));
    const living = rows.where("deletedAt", "is", null);
    const subtasks = await living.where("parentId", "in", living.where("listId", "=", id)).execute();
    const removed = { listId: null, deletedAt: sql<Date>`coalesce(deleted_at, now())` };
    await updateTasks(turn, user.id, [...ids, ...subtasks.map((task) => task.id)], removed);
  }

  return { list, names, find, create, update, remove };
}

function isListId(id: string): boolean {
  return z.uuid().safeParse(id).success;
}
