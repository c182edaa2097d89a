import { z } from "zod";
import { Label } from "#app/tasks/task.ts";

export interface LabelCount {
  name: string;
  /** Open tasks that have it. */
  openCount: number;
}

/** A label on the wire. */
export const LabelJson = z.strictObject({
  name: z.string().meta({ minLength: 1, maxLength: 50 }),
  open_count: z.int().min(0).meta({ description: "Open tasks that have it." }),
});

/** Every label that is on a task, done ones too, by name. */
export const LabelPage = z.strictObject({ items: z.array(LabelJson) });

/** Another name for a label. */
export const LabelChanges = z.strictObject({ name: Label });
