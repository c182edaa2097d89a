import { z } from "zod";
import { LIST_ACTIONS, TASK_ACTIONS } from "#app/changes/action.ts";
import type { ChangePage, LoggedChange } from "#app/changes/change-log.server.ts";
import { MAX_COUNT, MAX_ITEMS } from "#app/changes/changed-items.server.ts";
import { UNDO_MINUTES } from "#app/changes/retention.ts";
import type { VersionPage } from "#app/changes/task-versions.server.ts";
import { PageLimit } from "#app/http/page-limit.ts";
import { TaskJson, taskJson } from "#app/tasks/wire/task-json.ts";

export const HistoryQuery = z.strictObject({
  limit: PageLimit,
  cursor: z.string().optional().meta({ description: "The `next_cursor` of the page before." }),
});

export const UndoInput = z.strictObject({
  change: z.int().min(1).optional().meta({ description: "The number of a change. Without it: the caller's own last change." }),
});

const ChangeNumber = z.int().min(1);
const NextCursor = z.string().nullable().meta({ description: "Null on the last page." });

const Origin = z
  .union([
    z.strictObject({ type: z.literal("session") }),
    z.strictObject({
      type: z.literal("key"),
      id: z.string(),
      name: z.string().nullable().meta({ description: "The name that the key had then. Null if it was revoked already." }),
    }),
  ])
  .meta({ description: "Who made the change: a person in a browser or with a session's token, or a script with an access key." });

const fields = z.array(z.string()).meta({ description: "The fields that differ. Empty when it was created, deleted or purged." });

const ChangedTask = z.strictObject({
  id: z.uuid(),
  title: z.string().nullable().meta({ description: "After the change. Null if the task was purged." }),
  action: z.enum(TASK_ACTIONS).meta({ description: "`deleted` is to the trash, `purged` is for good." }),
  fields,
});

const ChangedList = z.strictObject({
  id: z.uuid(),
  name: z.string().nullable().meta({ description: "After the change, or before it was deleted." }),
  action: z.enum(LIST_ACTIONS),
  fields,
});

const count = z
  .int()
  .min(0)
  .max(MAX_COUNT)
  .meta({ description: `How many it wrote, counted up to ${MAX_COUNT.toLocaleString("en")}.` });

export const ChangeJson = z.strictObject({
  change: ChangeNumber.meta({ description: "Its number, higher than those of earlier changes." }),
  at: z.iso.datetime(),
  origin: Origin,
  tasks: z
    .array(ChangedTask)
    .max(MAX_ITEMS)
    .meta({ description: `The first ${MAX_ITEMS}. Tasks that were purged since are left out.` }),
  task_count: count,
  lists: z.array(ChangedList).max(MAX_ITEMS),
  list_count: count,
  undoes: ChangeNumber.nullable().meta({ description: "The change that this one undid." }),
  undone_by: ChangeNumber.nullable().meta({ description: "The change that undid this one. To redo, undo that." }),
  undoable_until: z.iso
    .datetime()
    .nullable()
    .meta({
      description: `Null if it can't be undone: after ${UNDO_MINUTES} minutes, when it is undone, or when all of it was changed again since.`,
    }),
});

export const ChangePageJson = z.strictObject({ items: z.array(ChangeJson), next_cursor: NextCursor });

export function changeJson({ changeNumber, at, origin, tasks, lists, ...undo }: LoggedChange): z.output<typeof ChangeJson> {
  return {
    change: changeNumber,
    at,
    origin,
    tasks: tasks.items.map(({ name, ...task }) => ({ id: task.id, title: name, action: task.action, fields: task.fields })),
    task_count: tasks.count,
    lists: lists.items,
    list_count: lists.count,
    undoes: undo.undoes,
    undone_by: undo.undoneBy,
    undoable_until: undo.undoableUntil,
  };
}

export function changePageJson({ changes, nextCursor }: ChangePage): z.output<typeof ChangePageJson> {
  return { items: changes.map(changeJson), next_cursor: nextCursor };
}

const VersionJson = z.strictObject({
  version: z.int().min(1),
  change: ChangeNumber.meta({ description: "The number of the change that wrote this version." }),
  at: z.iso.datetime(),
  origin: Origin.nullable().meta({ description: "Null if the change is older than such records." }),
  action: z.enum(TASK_ACTIONS),
  fields: z
    .array(z.string())
    .meta({ description: "The fields that differ from the version before. Empty in the first one that is known." }),
  task: TaskJson,
});

export const VersionPageJson = z.strictObject({ items: z.array(VersionJson), next_cursor: NextCursor });

export function versionPageJson({ versions, nextCursor }: VersionPage): z.output<typeof VersionPageJson> {
  const items = versions.map(({ task, at, origin, action, fields }) => ({
    version: task.version,
    change: task.changeSeq,
    at,
    origin,
    action,
    fields,
    task: taskJson(task),
  }));
  return { items, next_cursor: nextCursor };
}
