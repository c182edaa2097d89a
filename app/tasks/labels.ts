import { z } from "zod";
import { Label } from "#app/tasks/task.ts";

export interface LabelCount {
  name: string;
  openCount: number;
}

export const LabelJson = z.strictObject({
  name: z.string().meta({ minLength: 1, maxLength: 50 }),
  open_count: z.int().min(0).meta({ description: "Open tasks that have it." }),
});

/** The labels of all tasks, done ones too, sorted by name. */
export const LabelPage = z.strictObject({ items: z.array(LabelJson) });

export const LabelChanges = z.strictObject({ name: Label });
