import { z } from "zod";
import { camelKeys } from "#app/tasks/keys.ts";
import { ListId, TaskId, TaskInput } from "#app/tasks/task.ts";
import { TaskJson, TaskPatch } from "#app/tasks/wire/task-json.ts";

const Beside = z.strictObject({ after: TaskId, before: TaskId, position: z.enum(["first", "last"]) }).partial();

export const MoveTarget = Beside.refine(isOneTarget, { error: "must have one of after, before and position" });
export type MoveTarget = z.infer<typeof MoveTarget>;

function isOneTarget({ after, before, position }: z.infer<typeof Beside>): boolean {
  return [after, before, position].filter((target) => target !== undefined).length === 1;
}

export const TaskMove = Beside.extend({ list_id: ListId.nullable().optional(), parent_id: TaskId.nullable().optional() })
  .refine(isOneTarget, { error: "must have one of after, before and position" })
  .transform((json) => camelKeys(json));
export type TaskMove = z.infer<typeof TaskMove>;

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");

export const CompleteQuery = z.strictObject({ cascade: flag });

/** `permanent`: delete instead of moving to the trash. */
export const RemoveQuery = z.strictObject({ permanent: flag });

const id = z.string();
/** The version that the task must have at that point of the batch. */
const if_version = z.int().min(1).optional();

const OPS = ["create", "update", "delete", "complete", "reopen", "move"] as const;

const OperationJson = z.discriminatedUnion(
  "op",
  [
    z.strictObject({ op: z.literal("create"), task: TaskInput }),
    z.strictObject({ op: z.literal("update"), id, if_version, task: TaskPatch }),
    z.strictObject({ op: z.literal("delete"), id, if_version }),
    z.strictObject({ op: z.literal("complete"), id, if_version, cascade: z.boolean().optional() }),
    z.strictObject({ op: z.literal("reopen"), id, if_version }),
    z.strictObject({ op: z.literal("move"), id, if_version, task: TaskMove }),
  ],
  { error: ({ code }) => (code === "invalid_union" ? `must be one of ${OPS.join(", ")}` : undefined) },
);

/** A malformed id names no task. */
export const Operation = OperationJson.transform((json) => camelKeys(json));
export type Operation = z.infer<typeof Operation>;

export const BatchInput = z.strictObject({
  atomic: z.boolean().default(false),
  operations: z.array(Operation).min(1).max(100),
});

/** The same with unparsed operations, as each one fails by itself. */
export const BatchEnvelope = BatchInput.extend({ operations: z.array(z.unknown()).min(1).max(100) });

/** `status` is that of the same request outside a batch. `next` is set only for a completion. */
export const OperationResult = z.strictObject({
  status: z.int(),
  task: TaskJson.optional(),
  next: TaskJson.nullable().optional(),
  problem: z.record(z.string(), z.unknown()).optional().meta({ description: "A problem, as the answer of its own would be." }),
});
export type OperationResult = z.infer<typeof OperationResult>;

export const BatchResponse = z.strictObject({ results: z.array(OperationResult) });
