import { z } from "zod";
import { LIST_COLORS } from "#app/lists/list.ts";
import { trimmedText } from "#app/tasks/task.ts";

export const ListInput = z.strictObject({
  name: trimmedText(100),
  color: z.enum(LIST_COLORS).nullable().default(null),
});
export type ListInput = z.infer<typeof ListInput>;

export const ListChanges = z.strictObject({
  name: trimmedText(100).optional(),
  color: z.enum(LIST_COLORS).nullable().optional(),
});
export type ListChanges = z.infer<typeof ListChanges>;
