import { sql } from "kysely";
import type { RepositoryUser } from "#app/context.ts";
import type { Writer } from "#app/db/writer.server.ts";
import type { Failure } from "#app/tasks/outcome.ts";
import { type Completed, completionIn, DONE } from "#app/tasks/store/completion.server.ts";
import { viewCondition } from "#app/tasks/store/filter-sql.server.ts";
import { withTask, writeInOneStatement } from "#app/tasks/store/one-task.server.ts";
import { updateTasks, withoutOpenSubtasks } from "#app/tasks/store/rows.server.ts";
import type { Task, TaskId } from "#app/tasks/task.ts";
import { userNowAt } from "#app/time.ts";

/** Of tasks whose due date is moved: the same as `occurrenceDateAfter`. */
const DAY_OF_RULE = sql<string | null>`case when rrule is not null then coalesce(occurrence_date, due_date) end`;

/** Completes, reopens and postpones tasks. Each write is one change, which undo reverts as a whole. */
export function taskCommands(user: RepositoryUser, writer: Writer) {
  /** With `cascade`, completes open subtasks too; without it, a task with open subtasks is not completed. */
  async function complete(id: TaskId, options = { cascade: false }, versions?: number[]): Promise<Completed | Failure | undefined> {
    const completed = await writeInOneStatement(writer, user.id, id, versions, DONE, (eb) =>
      eb.and([eb("status", "=", "open"), eb("seriesId", "is", null), withoutOpenSubtasks(eb)]),
    );
    return completed
      ? { task: completed, next: null }
      : withTask(writer, user.id, id, versions, (transaction, task) => completionIn(transaction, user).complete(task, options));
  }

  async function reopen(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(writer, user.id, id, versions, (transaction, task) => completionIn(transaction, user).reopen(task));
  }

  async function skip(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(writer, user.id, id, versions, (transaction, task) => completionIn(transaction, user).skip(task));
  }

  /** Makes every overdue task due today, as one change. Returns one of them; `undefined` if none was overdue. */
  async function moveOverdueToToday(): Promise<Task | undefined> {
    const userNow = userNowAt(Temporal.Now.instant(), user.timezone);
    return writer.inWriteTransaction(async (transaction) => {
      const late = await transaction.qb
        .selectFrom("task")
        .select("id")
        .where("userId", "=", user.id)
        .where("deletedAt", "is", null)
        .where((eb) => viewCondition(eb, "overdue", userNow))
        .execute();
      // Without the time, which has passed: the task would be overdue again at once.
      const values = { dueDate: userNow.today.toString(), dueTime: null, dueAt: null, occurrenceDate: DAY_OF_RULE };
      const [moved] = await updateTasks(
        transaction,
        user.id,
        late.map((task) => task.id),
        values,
      );
      return moved;
    });
  }

  return { complete, reopen, skip, moveOverdueToToday };
}
