import { z } from "zod";
import { jsonErrors, validMembers } from "#app/http/read.ts";
import { ListInput } from "#app/lists/list-input.ts";
import { ListJson, ListPatch, ListRemoveQuery } from "#app/lists/list-json.ts";
import { camelKeys } from "#app/tasks/keys.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { ListId, TaskId, TaskInputJson } from "#app/tasks/task.ts";
import { moveTarget, taskMove } from "#app/tasks/wire/operation.ts";
import { splitReadOnly, TaskJson, TaskPatchJson } from "#app/tasks/wire/task-json.ts";

/** Names the task or list of an earlier operation's result, by that operation's index. */
export const REFERENCE = /^#(0|[1-9]\d?)$/;

const Reference = z.string().regex(REFERENCE).meta({ description: "The result of an earlier operation, by its index." });

function orReference<Id extends z.ZodType<string, string>>(id: Id) {
  return z.union([id, Reference], "must be an id, or # and the index of an earlier operation");
}

const AnyTaskId = orReference(TaskId);
const AnyListId = orReference(ListId);

/** A malformed id names nothing. */
const id = z.string().meta({ description: "An id, or `#0` for the result of the first operation." });
/** The version that the task or list must have at that point of the batch. */
const if_version = z.int().min(1).optional();

const OfTask = { id, if_version };
const OfList = { id, if_version };
const parents = { list_id: AnyListId.nullable().optional(), parent_id: AnyTaskId.nullable().optional() };

const NewTask = TaskInputJson.extend({ list_id: AnyListId.nullable().default(null), parent_id: AnyTaskId.nullable().default(null) });

const OPERATIONS = [
  z.strictObject({ op: z.literal("create"), task: NewTask.transform((json) => camelKeys(json)) }),
  z.strictObject({ op: z.literal("update"), ...OfTask, task: TaskPatchJson.extend(parents).transform(splitReadOnly) }),
  z.strictObject({ op: z.literal("delete"), ...OfTask }),
  z.strictObject({ op: z.literal("complete"), ...OfTask, cascade: z.boolean().optional() }),
  z.strictObject({ op: z.literal("reopen"), ...OfTask }),
  z.strictObject({ op: z.literal("skip"), ...OfTask }),
  z.strictObject({ op: z.literal("restore"), ...OfTask, drop_external_id: z.boolean().optional() }),
  z.strictObject({ op: z.literal("move"), ...OfTask, task: taskMove(AnyTaskId, AnyListId) }),
  z.strictObject({ op: z.literal("create_list"), list: ListInput }),
  z.strictObject({ op: z.literal("update_list"), ...OfList, list: ListPatch }),
  z.strictObject({ op: z.literal("delete_list"), ...OfList, tasks: ListRemoveQuery.shape.tasks.optional() }),
  z.strictObject({ op: z.literal("move_list"), ...OfList, list: moveTarget(AnyListId) }),
] as const;

const OPS = OPERATIONS.map(({ shape }) => shape.op.value);

const OperationJson = z.discriminatedUnion("op", OPERATIONS, {
  error: ({ code }) => (code === "invalid_union" ? `must be one of ${OPS.join(", ")}` : undefined),
});

export const Operation = OperationJson.transform((json) => camelKeys(json));
export type Operation = z.infer<typeof Operation>;

/** An operation that can't be parsed. */
export class InvalidOperation extends InvalidFields {
  /** As JSON, without its invalid members. */
  readonly rest: { op: string; id?: string; task?: Record<string, unknown>; list?: Record<string, unknown> };
  /** The names of the invalid members of `task` or `list`. */
  readonly invalid: ReadonlySet<string>;

  constructor(json: unknown, error: z.ZodError) {
    super(jsonErrors(error));
    const { op = "", id, task, list } = Rest.parse(json);
    const [part, value] = op.endsWith("_list") ? (["list", list] as const) : (["task", task] as const);
    const { valid, invalid } = validMembers(value, error, [part]);
    this.rest = { op, ...(id !== undefined && { id }), ...(value !== undefined && { [part]: valid }) };
    this.invalid = invalid;
  }
}

/** Members of another type are left out. */
const Rest = z
  .object({
    op: z.string().optional().catch(undefined),
    id: z.string().optional().catch(undefined),
    task: z.unknown(),
    list: z.unknown(),
  })
  .partial()
  .catch({});

export function parseOperation(json: unknown): Operation | InvalidOperation {
  const { success, data, error } = Operation.safeParse(json);
  return success ? data : new InvalidOperation(json, error);
}

export const MAX_OPERATIONS = 100;

export const BatchInput = z.strictObject({
  atomic: z.boolean().default(false),
  operations: z.array(Operation).min(1).max(MAX_OPERATIONS),
});

/** The same with unparsed operations, as each one fails by itself. */
export const BatchEnvelope = BatchInput.extend({ operations: z.array(z.unknown()).min(1).max(MAX_OPERATIONS) });

/** `status` is that of the same request outside a batch. `next` is set only for a completion. */
export const OperationResult = z.strictObject({
  status: z.int(),
  task: TaskJson.optional(),
  next: TaskJson.nullable().optional(),
  list: ListJson.optional(),
  problem: z.record(z.string(), z.unknown()).optional().meta({ description: "The problem that a request of its own would have." }),
});
export type OperationResult = z.infer<typeof OperationResult>;

export const BatchResponse = z.strictObject({ results: z.array(OperationResult) });
