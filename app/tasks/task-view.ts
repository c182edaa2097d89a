import { dueDay, dueTime, isOverdue } from "#app/tasks/dates.ts";
import { clockTime, type DueLabel, dayLabel, dueLabel } from "#app/tasks/due-label.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import type { Task } from "#app/tasks/task.ts";
import type { UserNow } from "#app/time.ts";

export interface TaskRelations {
  /** Of its subtasks; null when it has none. */
  progress: { done: number; total: number } | null;
  parentTitle: string | null;
}

/** A task for a page. Dates are formatted on the server, because only the server knows the user's day. */
export type TaskView = Omit<Task, "rank" | "createdAt" | "updatedAt" | "changeSeq" | "seriesId" | "occurrenceDate" | "previousId"> &
  TaskRelations & {
    dueLabel: DueLabel | null;
    timeLabel: string | null;
    /** In the user's time zone, `YYYY-MM-DD`. */
    dueDay: string | null;
    isOverdue: boolean;
    startLabel: string | null;
    repeats: string | null;
  };

export interface Viewer {
  userNow: UserNow;
  clock: "12" | "24";
}

export function toView(task: Task, { userNow, clock }: Viewer, relations?: TaskRelations): TaskView {
  const { rank: _rank, createdAt: _createdAt, updatedAt: _updatedAt, changeSeq: _changeSeq, ...rest } = task;
  const { seriesId: _seriesId, occurrenceDate: _occurrenceDate, previousId: _previousId, ...shown } = rest;
  const time = task.due && dueTime(task.due, userNow);
  const isHidden = task.startDate !== null && task.startDate > userNow.today.toString();
  return {
    ...shown,
    dueLabel: task.due && dueLabel(task.due, userNow, clock),
    timeLabel: time && clockTime(time, clock),
    dueDay: task.due && dueDay(task.due, userNow).toString(),
    isOverdue: task.status === "open" && task.due !== null && isOverdue(task.due, userNow),
    startLabel: isHidden ? dayLabel(Temporal.PlainDate.from(task.startDate ?? ""), userNow.today) : null,
    repeats: task.recurrence && describeRecurrence(task.recurrence),
    progress: relations?.progress ?? null,
    parentTitle: relations?.parentTitle ?? null,
  };
}
