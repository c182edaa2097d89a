import type { UserRef } from "#app/context.ts";
import type { Captured } from "#app/tasks/capture/capture.ts";
import type { CaptureContext } from "#app/tasks/capture/capture-context.ts";
import { clockTime, dayLabel } from "#app/tasks/due-label.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import { dayAt } from "#app/time.ts";

export interface Chip {
  /** As typed: sent back to reject it. */
  text: string;
  label: string;
}

export interface LinePreview {
  title: string;
  /** For a subtask, the index of its parent's line. */
  parent: number | null;
  chips: Chip[];
}

const PRIORITIES = ["No priority", "Low priority", "Medium priority", "High priority"];

/** Bounds the work: each rejected text is searched for in the whole line. */
const MAX_REJECTED = 50;

export function captureContext(
  user: UserRef,
  { lists, labels = [] }: Pick<CaptureContext, "lists" | "labels">,
  rejected: readonly string[],
): CaptureContext {
  const now = Temporal.Now.instant().toZonedDateTimeISO(user.timezone);
  return {
    now,
    lists,
    labels,
    weekStart: user.weekStart,
    language: user.captureLanguage,
    dateOrder: user.dateOrder,
    rejected: rejected.slice(0, MAX_REJECTED),
  };
}

export function chipsOf({ fields, spans }: Captured, { timezone, clock }: UserRef): Chip[] {
  const today = dayAt(Temporal.Now.instant(), timezone);
  // A list that does not exist is not created on saving.
  return spans
    .filter(({ kind }) => kind !== "new_list")
    .map(({ text, kind, meaning }) => {
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
        case "recurrence_end":
          return { text, label: endLabel(meaning, today) };
        case "label":
          return { text, label: `#${meaning}` };
        case "priority":
          return { text, label: PRIORITIES[Number(meaning)] ?? text };
        default:
          return { text, label: meaning };
      }
    });
}

/** `meaning` is a part of a rule: COUNT=5, UNTIL=2026-12-01. */
function endLabel(meaning: string, today: Temporal.PlainDate): string {
  const [name, value = ""] = meaning.split("=");
  return name === "COUNT" ? `${value} times` : `Until ${dayLabel(Temporal.PlainDate.from(value), today)}`;
}
