import { type SqlBool, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Changes } from "#app/db/change.server.ts";
import { Label } from "#app/tasks/task.ts";

export interface LabelCount {
  name: string;
  /** Open tasks that have it. */
  openCount: number;
}

/** The labels of one user's tasks. */
export function labellingTasks(user: Pick<UserRef, "id">, changes: Changes) {
  /** Every label of an open task, or of `all` that are not in the trash. */
  async function labels(of: "open" | "all" = "open"): Promise<LabelCount[]> {
    return changes.qb
      .selectFrom("task")
      .where("userId", "=", user.id)
      .where("deletedAt", "is", null)
      .$if(of === "open", (query) => query.where("status", "=", sql.lit("open")))
      .where(sql<SqlBool>`labels <> '{}'`)
      .innerJoinLateral(sql<{ name: string }>`unnest(labels)`.as<"label">(sql`label(name)`), (join) => join.onTrue())
      .select((eb) => ["label.name", eb.fn.countAll<number>().filterWhere("status", "=", "open").as("openCount")])
      .groupBy("label.name")
      .orderBy("label.name")
      .execute();
  }

  /**
   * On every task that has it, as one change: done ones too, and those in the trash. A task that has both has the new one once.
   * `undefined` when no task has it.
   */
  async function renameLabel(name: string, to: string): Promise<LabelCount | undefined> {
    // Postgres throws at U+0000; such a text is no label.
    if (!Label.safeParse(name).success) return undefined;
    const having = sql<SqlBool>`labels @> ${[name]}::text[]`;
    return changes.inTurn(async ({ qb, seq }) => {
      const mine = qb.selectFrom("task").where("userId", "=", user.id);
      if (!(await mine.where(having).select("id").limit(1).executeTakeFirst())) return undefined;
      await qb
        .updateTable("task")
        .set({ labels: renamed(name, to), updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: seq })
        .where("userId", "=", user.id)
        .where(having)
        .where(sql<SqlBool>`${name} <> ${to}::text`)
        .execute();
      const { count } = await mine
        .where("deletedAt", "is", null)
        .where("status", "=", sql.lit("open"))
        .where(sql<SqlBool>`labels @> ${[to]}::text[]`)
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return { name: to, openCount: count };
    });
  }

  return { labels, renameLabel };
}

/** The labels in their order, each once. */
function renamed(name: string, to: string) {
  return sql<string[]>`(
    select array_agg(label order by place)
    from (
      select case when old = ${name} then ${to}::text else old end as label, min(place) as place
      from unnest(labels) with ordinality as one(old, place)
      group by 1
    ) each
  )`;
}
