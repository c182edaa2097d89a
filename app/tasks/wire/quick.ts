import { z } from "zod";
import { SPAN_KINDS } from "#app/tasks/capture/spans.ts";
import { TaskReplacementJson, text } from "#app/tasks/task.ts";
import { TaskJson } from "#app/tasks/wire/task-json.ts";

export const QuickInput = z.strictObject({
  text: text(1000).refine((value) => value.trim() !== "", "must not be empty"),
  dry_run: z.boolean().default(false),
});

const Span = z.strictObject({
  start: z.int().meta({ description: "In UTF-16 code units, from the start of the text." }),
  end: z.int(),
  kind: z.enum(SPAN_KINDS).meta({ description: "`new_list` is a `+Name` of no list: these words stay in the title." }),
  text: z.string(),
  meaning: z.string().meta({ description: "The value that it was read as." }),
});

const spans = z.array(Span);

export const QuickPreview = z.strictObject({ task: TaskReplacementJson, spans });

export const QuickTask = z.strictObject({ task: TaskJson, spans });
