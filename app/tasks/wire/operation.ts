import { z } from "zod";
import { QueryFlag } from "#app/http/query-value.ts";
import { camelKeys } from "#app/tasks/keys.ts";
import { ListId, TaskId } from "#app/tasks/task.ts";

/** `id`: what the ids are to be. */
export function moveTarget(id: z.ZodType<string, string>) {
  return beside(id).refine(isOneTarget, ONE_TARGET);
}

export function taskMove(taskId: z.ZodType<string, string>, listId: z.ZodType<string, string>) {
  return beside(taskId)
    .extend({ list_id: listId.nullable().optional(), parent_id: taskId.nullable().optional() })
    .refine(isOneTarget, ONE_TARGET)
    .transform((json) => camelKeys(json));
}

function beside(id: z.ZodType<string, string>) {
  return z.strictObject({ after: id, before: id, position: z.enum(["first", "last"]) }).partial();
}

const ONE_TARGET = {
  error: "must have one of after, before and position",
  // With other problems as well: all are reported at once.
  when: ({ value }: { value: unknown }) => typeof value === "object" && value !== null,
};

function isOneTarget({ after, before, position }: z.infer<ReturnType<typeof beside>>): boolean {
  return [after, before, position].filter((target) => target !== undefined).length === 1;
}

export const MoveTarget = moveTarget(TaskId);
export type MoveTarget = z.infer<typeof MoveTarget>;

export const TaskMove = taskMove(TaskId, ListId);
export type TaskMove = z.infer<typeof TaskMove>;

const flag = QueryFlag.default(false);

export const CompleteQuery = z.strictObject({ cascade: flag });

export const RestoreQuery = z.strictObject({
  drop_external_id: flag.describe("Without its `external_id`, if another task has that by now."),
});

/** `permanent`: delete instead of moving to the trash. */
export const RemoveQuery = z.strictObject({ permanent: flag });
