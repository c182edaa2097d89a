import type { Kysely } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database } from "#app/db/schema.ts";
import type { Archive } from "#app/io/archive.ts";
import type { ExistingData } from "#app/io/existing-data.ts";
import { slicesOf } from "#app/io/yielding.ts";
import { allLists } from "#app/lists/transfer.server.ts";
import { existingExternalIds, existingTasks, findOpenSeries } from "#app/tasks/store/transfer.server.ts";

/** Each statement reads all tasks of the user once. */
const IDS_IN_STATEMENT = 5_000;

/** Of the user, in the transaction that imports. */
export async function existingData(
  qb: Kysely<Database>,
  user: Pick<UserRef, "id" | "timezone">,
  { tasks }: Archive,
): Promise<ExistingData> {
  const byId = await existingWith(
    qb,
    user.id,
    tasks.flatMap(({ id, parent_id }) => (parent_id === null ? id : [id, parent_id])),
  );
  const known = new Set(byId.map(({ id }) => id));
  const externalIds = new Map<string, string>();
  const unknown = tasks.flatMap(({ id, external_id }) => (external_id && !known.has(id) ? external_id : []));
  for await (const slice of slicesOf(unknown, IDS_IN_STATEMENT))
    for (const [externalId, id] of await existingExternalIds(qb, user.id, slice)) externalIds.set(externalId, id);
  return {
    lists: await allLists(qb, user.id),
    tasks: [...byId, ...(await existingWith(qb, user.id, [...externalIds.values()]))],
    externalIds,
    openSeries: await findOpenSeries(qb, user.id),
    timezone: user.timezone,
  };
}

async function existingWith(qb: Kysely<Database>, userId: string, ids: string[]): Promise<ExistingData["tasks"]> {
  const existing: ExistingData["tasks"] = [];
  for await (const slice of slicesOf([...new Set(ids)], IDS_IN_STATEMENT)) existing.push(...(await existingTasks(qb, userId, slice)));
  return existing;
}
