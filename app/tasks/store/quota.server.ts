import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import { usageOf, type WriteContext } from "#app/db/writer.server.ts";
import { env } from "#app/env.server.ts";
import { QuotaExceeded, type Usage } from "#app/tasks/outcome.ts";
import type { TaskInput } from "#app/tasks/task.ts";

export const QUOTAS: Usage = { taskCount: env.QUOTA_TASKS, listCount: env.QUOTA_LISTS, textBytes: env.QUOTA_TEXT_MB * 1_000_000 };

export type Growth = Partial<Usage>;

/** As the database counts them. */
export function textBytes({ title, notes }: Pick<TaskInput, "title" | "notes">): number {
  return Buffer.byteLength(title) + Buffer.byteLength(notes);
}

/** Of as many new tasks. */
export function growthOf(tasks: Pick<TaskInput, "title" | "notes">[]) {
  return { taskCount: tasks.length, textBytes: tasks.reduce((sum, task) => sum + textBytes(task), 0) };
}

/**
 * Whether the quotas allow a change that grows so much, for its statement. A change that grows nothing is always allowed.
 * The numbers may be placeholders of a prepared statement.
 */
export function isWithinQuotas(context: WriteContext, userId: string, growth: Growth): RawBuilder<SqlBool> {
  const rules = entriesOf(growth).map(
    ([quota, by]) => sql`${sql.ref(quota)} + ${by} <= greatest(${sql.ref(quota)}, ${sql.lit(QUOTAS[quota])})`,
  );
  return sql`(select ${sql.join(rules, sql` and `)} from ${usageOf(context, userId)})`;
}

/** Why a statement with `isWithinQuotas` wrote nothing. */
export async function quotaRefusal(qb: Kysely<Database>, userId: string, growth: Growth): Promise<QuotaExceeded> {
  // Another request may have made room since.
  return (await exceededQuota(qb, userId, growth)) ?? refusal(Object.keys(growth)[0] as keyof Usage);
}

/** `undefined`: the quotas allow it. Reliable only in a write transaction, beside which the user writes nothing. */
export async function exceededQuota(qb: Kysely<Database>, userId: string, growth: Growth): Promise<QuotaExceeded | undefined> {
  const growing = entriesOf(growth).filter(([, by]) => by > 0);
  if (growing.length === 0) return undefined;
  const usage = await qb
    .selectFrom("changeSequence")
    .select(["taskCount", "listCount", "textBytes"])
    .where("userId", "=", userId)
    .executeTakeFirst();
  const exceeded = growing.find(([quota, by]) => (usage?.[quota] ?? 0) + by > QUOTAS[quota]);
  return exceeded && refusal(exceeded[0]);
}

function refusal(quota: keyof Usage): QuotaExceeded {
  return new QuotaExceeded(quota, QUOTAS[quota]);
}

function entriesOf(growth: Growth): [quota: keyof Usage, by: number][] {
  return Object.entries(growth) as [keyof Usage, number][];
}
