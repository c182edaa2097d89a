import { randomUUIDv7 } from "node:crypto";
import { type Kysely, sql, type UpdateObject } from "kysely";
import type { UserRef } from "#app/context.ts";
import { insertWhere } from "#app/db/insert-where.ts";
import type { Database } from "#app/db/schema.ts";
import { leaveTombstones, type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import type { ValidMembers } from "#app/http/read.ts";
import { type List, ListConflict } from "#app/lists/list.ts";
import type { ListInput } from "#app/lists/list-input.ts";
import { type ListPatch, listJson, READ_ONLY } from "#app/lists/list-json.ts";
import { LIST_COLUMNS, toList } from "#app/lists/mapping.server.ts";
import { InvalidFields, type QuotaExceeded } from "#app/tasks/outcome.ts";
import { type FieldProblem, validateReadOnly } from "#app/tasks/rules.ts";
import { searchCondition } from "#app/tasks/store/filter-sql.server.ts";
import { moveTasksOutOfList, openCount } from "#app/tasks/store/list-tasks.server.ts";
import { isWithinQuotas, quotaRefusal } from "#app/tasks/store/quota.server.ts";
import { lastRank, neighbourProblems, noNeighbour, rankAt } from "#app/tasks/store/rank.server.ts";
import { ListId } from "#app/tasks/task.ts";
import type { MoveTarget } from "#app/tasks/wire/operation.ts";

/** `undefined`: the user has no such list. */
type Changed = List | ListConflict | InvalidFields | undefined;

const SEARCH_LIMIT = 20;

/** One user's lists. With `transaction`, reads and writes are part of it. */
export function listsOf(user: Pick<UserRef, "id" | "origin">, transaction?: WriteTransaction) {
  const writer = writerFor(user, transaction);
  const mine = listsIn(writer.qb, user.id);

  /** In manual order. */
  async function list(): Promise<List[]> {
    return (await mine.orderBy("rank").orderBy("id").execute()).map(toList);
  }

  /** Like `list`, without the counts, which take time. */
  async function names(): Promise<Pick<List, "id" | "name">[]> {
    return writer.qb.selectFrom("list").select(["id", "name"]).where("userId", "=", user.id).orderBy("rank").orderBy("id").execute();
  }

  /** The lists with these words in their names, of which the last may be unfinished, by name. */
  async function search(text: string): Promise<{ id: string; name: string; color: string | null }[]> {
    const mine = writer.qb.selectFrom("list").select(["id", "name", "color"]).where("userId", "=", user.id);
    const found = mine.where(searchCondition(user.id, text)).orderBy(sql`name collate natural_order`).orderBy("id");
    return found.limit(SEARCH_LIMIT).execute();
  }

  async function find(id: string): Promise<List | undefined> {
    return findIn(writer.qb, user.id, id);
  }

  /** `versions` are those that the list may have; `undefined` allows any. */
  async function withList<T>(id: string, versions: number[] | undefined, work: (transaction: WriteTransaction, list: List) => Promise<T>) {
    if (!ListId.safeParse(id).success) return undefined;
    return writer.inWriteTransaction(async (transaction) => {
      const list = await findIn(transaction.qb, user.id, id);
      if (list && versions && !versions.includes(list.version)) return new ListConflict(list);
      return list && work(transaction, list);
    });
  }

  async function create(input: ListInput): Promise<List | QuotaExceeded> {
    const row = await writer.inOneStatement((context) => {
      const row = { ...input, userId: user.id, id: randomUUIDv7(), rank: lastRank(context), changeSeq: context.changeNumber };
      return insertWhere(context, "list", row, isWithinQuotas(context, user.id, { listCount: 1 }))
        .returning(LIST_COLUMNS)
        .executeTakeFirst();
    });
    return row ? toList({ ...row, openCount: 0 }) : quotaRefusal(writer.qb, user.id, { listCount: 1 });
  }

  /** Writes only if a field differs; otherwise the version stays. */
  async function update(id: string, patch: ListPatch, versions?: number[]): Promise<Changed> {
    return withList(id, versions, async (transaction, list) => {
      const problems = validateReadOnly(READ_ONLY, patch, listJson(list));
      if (problems.length > 0) return new InvalidFields(problems);
      const { name = list.name, color = list.color } = patch;
      return name === list.name && color === list.color ? list : write(transaction, user.id, list, { name, color });
    });
  }

  async function move(id: string, place: MoveTarget, versions?: number[]): Promise<Changed> {
    return withList(id, versions, async (transaction, list) => {
      const rank = await rankAt(transaction, user.id, place, "list");
      if (rank !== undefined) return write(transaction, user.id, list, { rank });
      return new InvalidFields([noNeighbour(place.after ? "after" : "before", "list")]);
    });
  }

  /** The problems that look-ups find in the valid members of a change or a move that has invalid ones. */
  async function furtherProblems(id: string, { valid }: Pick<ValidMembers, "valid">): Promise<FieldProblem[]> {
    const list = await find(id);
    const readOnly = list ? validateReadOnly(READ_ONLY, valid, listJson(list)) : [];
    return [...readOnly, ...(await neighbourProblems(writer, user.id, valid, "list"))];
  }

  /** Returns the list as it was, with the number of this change. */
  async function remove(
    id: string,
    options: { tasks: "inbox" | "trash" } = { tasks: "inbox" },
    versions?: number[],
  ): Promise<List | ListConflict | undefined> {
    return withList(id, versions, async (transaction, list) => {
      // Writes a last version, so that the history has the list as it was.
      const removed = await write(transaction, user.id, list);
      await moveTasksOutOfList(transaction, user.id, list.id, options.tasks);
      await transaction.qb.deleteFrom("list").where("userId", "=", user.id).where("id", "=", list.id).execute();
      await leaveTombstones(transaction, user.id, "list", [list.id]);
      return removed;
    });
  }

  return { list, names, search, find, create, update, move, furtherProblems, remove };
}

function listsIn(qb: Kysely<Database>, userId: string) {
  return qb
    .selectFrom("list")
    .where("list.userId", "=", userId)
    .select(LIST_COLUMNS)
    .select((eb) => openCount(eb).as("openCount"));
}

async function findIn(qb: Kysely<Database>, userId: string, id: string): Promise<List | undefined> {
  if (!ListId.safeParse(id).success) return undefined;
  const row = await listsIn(qb, userId).where("id", "=", id).executeTakeFirst();
  return row && toList(row);
}

async function write(
  { qb, changeNumber }: WriteTransaction,
  userId: string,
  list: List,
  values: UpdateObject<Database, "list"> = {},
): Promise<List> {
  const row = await qb
    .updateTable("list")
    .set({ ...values, updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: changeNumber })
    .where("userId", "=", userId)
    .where("id", "=", list.id)
    .returning(LIST_COLUMNS)
    .executeTakeFirstOrThrow();
  return toList({ ...row, openCount: list.openCount });
}
