import type { UserRef } from "#app/context.ts";
import type { CaptureContext, Captured } from "#app/tasks/capture/capture.ts";
import type { NamedList } from "#app/tasks/capture/find-marks.ts";
import { clockTime, dayLabel } from "#app/tasks/due-label.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import { dayAt } from "#app/time.ts";

/** A part of the text that was understood, before it is saved. */
export interface Chip {
  /** As typed: what turns it back into words. */
  text: string;
  /** What it means, in words. */
  label: string;
}

/** A line of a pasted text as the task that it would become. */
export interface LinePreview {
  title: string;
  /** For a subtask, the place of the line that it belongs to. */
  parent: number | null;
  chips: Chip[];
}

const PRIORITIES = ["No priority", "Low priority", "Medium priority", "High priority"];

/** More than anybody takes back, one by one: each is looked for in the whole text. */
const MOST_REJECTED = 50;

export function captureContext(user: UserRef, lists: readonly NamedList[], rejected: readonly string[]): CaptureContext {
  const now = Temporal.Now.instant().toZonedDateTimeISO(user.timezone);
  return { now, lists, weekStart: user.weekStart, rejected: rejected.slice(0, MOST_REJECTED) };
}

export function chipsOf({ fields, spans }: Captured, { timezone, clock }: UserRef): Chip[] {
  const today = dayAt(Temporal.Now.instant(), timezone);
  return spans.map(({ text, kind, meaning }) => {
    switch (kind) {
      case "date":
        return {
          text,
          label: [
            dayLabel(Temporal.PlainDate.from(meaning.slice(0, 10)), today),
            fields.due?.time && meaning.length > 10 && clockTime(fields.due.time, clock),
          ]
            .filter(Boolean)
            .join(" "),
        };
      case "time":
        return { text, label: clockTime(meaning, clock) };
      case "recurrence":
        return { text, label: fields.recurrence ? describeRecurrence(fields.recurrence) : text };
      case "label":
        return { text, label: `#${meaning}` };
      case "priority":
        return { text, label: PRIORITIES[Number(meaning)] ?? text };
      default:
        return { text, label: meaning };
    }
  });
}
