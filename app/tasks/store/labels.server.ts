import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import type { Writer, WriteTransaction } from "#app/db/writer.server.ts";
import type { LabelCount } from "#app/tasks/labels.ts";
import { Label } from "#app/tasks/task.ts";

interface LabelChange {
  changeSeq: number;
}

export function taskLabels(user: Pick<UserRef, "id">, writer: Writer) {
  /** The labels of open tasks, or of all tasks outside the trash. */
  async function labels(of: "open" | "all" = "open"): Promise<LabelCount[]> {
    return labelledTasks(writer.qb, user)
      .$if(of === "open", (query) => query.where("status", "=", sql.lit("open")))
      .select((eb) => ["label.name", eb.fn.countAll<number>().filterWhere("status", "=", "open").as("openCount")])
      .groupBy("label.name")
      .orderBy("label.name")
      .execute();
  }

  /**
   * Renames a label on all tasks, done ones and those in the trash too, as one change. A task with both labels keeps one.
   * `undefined` if no task has the label.
   */
  async function renameLabel(name: string, to: string): Promise<(LabelCount & LabelChange) | undefined> {
    return withLabel(name, async (transaction) => {
      if (name !== to) await updateLabels(transaction, name, renamedLabels(name, to));
      const { count } = await transaction.qb
        .selectFrom("task")
        .where("userId", "=", user.id)
        .where("deletedAt", "is", null)
        .where("status", "=", sql.lit("open"))
        .where(hasLabel(to))
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return { name: to, openCount: count, changeSeq: transaction.changeNumber };
    });
  }

  /** Removes a label from all tasks, done ones and those in the trash too, as one change. `undefined` if no task has it. */
  async function removeLabel(name: string): Promise<LabelChange | undefined> {
    return withLabel(name, async (transaction) => {
      await updateLabels(transaction, name, sql<string[]>`array_remove(labels, ${name}::text)`);
      return { changeSeq: transaction.changeNumber };
    });
  }

  async function withLabel<T>(name: string, work: (transaction: WriteTransaction) => Promise<T>): Promise<T | undefined> {
    // Postgres throws at U+0000, which no label contains.
    if (!Label.safeParse(name).success) return undefined;
    return writer.inWriteTransaction(async (transaction) => {
      const tasks = transaction.qb.selectFrom("task").select("id").where("userId", "=", user.id);
      return (await tasks.where(hasLabel(name)).limit(1).executeTakeFirst()) && work(transaction);
    });
  }

  async function updateLabels({ qb, changeNumber }: WriteTransaction, name: string, labels: RawBuilder<string[]>): Promise<void> {
    await qb
      .updateTable("task")
      .set({ labels, updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: changeNumber })
      .where("userId", "=", user.id)
      .where(hasLabel(name))
      .execute();
  }

  return { labels, renameLabel, removeLabel };
}

function hasLabel(label: string) {
  return sql<SqlBool>`labels @> ${[label]}::text[]`;
}

/** One row for each label of each task. */
export function labelledTasks(qb: Kysely<Database>, user: Pick<UserRef, "id">) {
  return qb
    .selectFrom("task")
    .where("userId", "=", user.id)
    .where("deletedAt", "is", null)
    .where(sql<SqlBool>`labels <> '{}'`)
    .innerJoinLateral(sql<{ name: string }>`unnest(labels)`.as<"label">(sql`label(name)`), (join) => join.onTrue());
}

/** In the order of first occurrence, without duplicates. */
function renamedLabels(name: string, to: string) {
  return sql<string[]>`(
    select array_agg(label order by position)
    from (
      select case when old = ${name} then ${to}::text else old end as label, min(position) as position
      from unnest(labels) with ordinality as one(old, position)
      group by 1
    ) each
  )`;
}
