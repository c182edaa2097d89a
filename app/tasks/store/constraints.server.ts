import type { Kysely } from "kysely";
import { brokenConstraint } from "#app/db/errors.ts";
import type { Database } from "#app/db/schema.ts";
import { ExternalIdTaken, type Failure, InvalidFields } from "#app/tasks/outcome.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

export const NO_SUCH_LIST: FieldProblem = { pointer: "/list_id", message: "is not one of your lists" };

export async function catchConstraint<T>(
  qb: Kysely<Database>,
  userId: string,
  externalId: string | null | undefined,
  write: () => Promise<T>,
): Promise<T | Failure> {
  try {
    return await write();
  } catch (error) {
    switch (brokenConstraint(error)) {
      case "task_user_id_list_id_fkey":
        return new InvalidFields([NO_SUCH_LIST]);
      case "task_external_id_idx":
        return new ExternalIdTaken(await ownerOf(qb, userId, externalId));
      default:
        throw error;
    }
  }
}

async function ownerOf(qb: Kysely<Database>, userId: string, externalId: string | null | undefined): Promise<string | undefined> {
  const row = await qb
    .selectFrom("task")
    .select("id")
    .where("userId", "=", userId)
    .where("externalId", "=", externalId ?? "")
    .where("deletedAt", "is", null)
    .executeTakeFirst();
  return row?.id;
}
