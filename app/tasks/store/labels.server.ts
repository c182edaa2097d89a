import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import type { Writer, WriteTransaction } from "#app/db/writer.server.ts";
import type { LabelCount } from "#app/tasks/labels.ts";
import { updating } from "#app/tasks/store/statements.server.ts";
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
      .orderBy(sql`label.name collate natural_order`)
      .execute();
  }

  /** The stored spelling of every label, also of those that no task has any more. */
  async function labelNames(): Promise<string[]> {
    const rows = await writer.qb.selectFrom("label").select("name").where("userId", "=", user.id).execute();
    return rows.map(({ name }) => name);
  }

  /**
   * Renames a label on all tasks, done ones and those in the trash too, as one change. If there is a label of the new name,
   * it keeps its spelling, and a task with both labels keeps one. `undefined` if no task has the label.
   */
  async function renameLabel(name: string, newName: string): Promise<(LabelCount & LabelChange) | undefined> {
    return withLabel(name, async (transaction, stored) => {
      const to = (await respell(transaction, stored, newName)) ?? (await replaceLabel(transaction, stored, newName));
      if (stored !== to) await updateLabels(transaction, stored, sql<string[]>`array_replace(labels, ${stored}::text, ${to}::text)`);
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
    return withLabel(name, async (transaction, stored) => {
      await updateLabels(transaction, stored, sql<string[]>`array_remove(labels, ${stored}::text)`);
      await deleteLabel(transaction, stored);
      return { changeSeq: transaction.changeNumber };
    });
  }

  /** The new name, if it is another spelling of the same label. */
  async function respell({ qb }: WriteTransaction, stored: string, name: string): Promise<string | undefined> {
    const { rows } = await sql<{ name: string }>`
      update label set name = ${name}
      where user_id = ${user.id} and key = label_key(${stored}) and key = label_key(${name})
      returning name
    `.execute(qb);
    return rows[0]?.name;
  }

  /** The stored spelling of the label that takes the place of another one. */
  async function replaceLabel(transaction: WriteTransaction, replaced: string, name: string): Promise<string> {
    await deleteLabel(transaction, replaced);
    return (await storedName(transaction, name)) ?? name;
  }

  async function deleteLabel({ qb }: WriteTransaction, name: string): Promise<void> {
    await sql`delete from label where user_id = ${user.id} and key = label_key(${name})`.execute(qb);
  }

  async function storedName({ qb }: WriteTransaction, name: string): Promise<string | undefined> {
    const { rows } = await sql<{ name: string }>`
      select name from label where user_id = ${user.id} and key = label_key(${name})
    `.execute(qb);
    return rows[0]?.name;
  }

  async function withLabel<T>(name: string, work: (transaction: WriteTransaction, stored: string) => Promise<T>): Promise<T | undefined> {
    // Postgres throws at U+0000, which no label contains.
    if (!Label.safeParse(name).success) return undefined;
    return writer.inWriteTransaction(async (transaction) => {
      const stored = await storedName(transaction, name);
      if (stored === undefined) return undefined;
      const tasks = transaction.qb.selectFrom("task").select("id").where("userId", "=", user.id);
      return (await tasks.where(hasLabel(stored)).limit(1).executeTakeFirst()) && work(transaction, stored);
    });
  }

  async function updateLabels(transaction: WriteTransaction, name: string, labels: RawBuilder<string[]>): Promise<void> {
    await updating(transaction, user.id, { labels }).where(hasLabel(name)).execute();
  }

  return { labels, labelNames, renameLabel, removeLabel };
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

/**
 * Goes back to the spelling that a label had before a change respelled it, also on tasks that were changed since: a label has
 * one spelling. Tasks that were not are left to the caller.
 */
export async function revertSpellings(transaction: WriteTransaction, userId: string, undoneNumber: number): Promise<void> {
  const { rows } = await sql<{ was: string; name: string }>`
    select distinct was, label.name
    from task_revision revision, jsonb_array_elements_text(revision.task->'labels') was, task, label
    where revision.user_id = ${userId} and revision.change_seq = ${undoneNumber}
      and task.user_id = ${userId} and task.id = revision.task_id and task.change_seq = ${undoneNumber}
      and label.user_id = ${userId} and label.key = label_key(was) and label.name <> was and label.name = any(task.labels)
  `.execute(transaction.qb);
  for (const { was, name } of rows) {
    await sql`update label set name = ${was} where user_id = ${userId} and key = label_key(${was})`.execute(transaction.qb);
    await updating(transaction, userId, { labels: sql<string[]>`array_replace(labels, ${name}::text, ${was}::text)` })
      .where(hasLabel(name))
      .where("changeSeq", "<>", undoneNumber)
      .execute();
  }
}
