import type { FieldProblem } from "#app/tasks/rules.ts";
import type { Task } from "#app/tasks/task.ts";

/** What a write may come to when it does not come to a task. `undefined` beside these: this user has no such task, whoever else may. */
export type Failure = VersionConflict | InvalidFields | ExternalIdTaken | HasOpenSubtasks | NotRecurring;

/** The task is not at a version that the caller has seen; `current` is what it is now. */
export class VersionConflict {
  readonly current: Task;
  constructor(current: Task) {
    this.current = current;
  }
}

export class InvalidFields {
  readonly problems: FieldProblem[];
  constructor(problems: FieldProblem[]) {
    this.problems = problems;
  }
}

/** Another task of this user, not in the trash, has that external id. */
export class ExternalIdTaken {
  readonly existingId: string | undefined;
  constructor(existingId: string | undefined) {
    this.existingId = existingId;
  }
}

export class HasOpenSubtasks {
  readonly openSubtasks = true;
}

export class NotRecurring {
  readonly recurring = false;
}

export function isFailure(outcome: unknown): outcome is Failure {
  return [VersionConflict, InvalidFields, ExternalIdTaken, HasOpenSubtasks, NotRecurring].some((kind) => outcome instanceof kind);
}
