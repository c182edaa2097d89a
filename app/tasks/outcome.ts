import type { FieldProblem } from "#app/tasks/rules.ts";
import type { Task } from "#app/tasks/task.ts";

/** Why a write was not done. Where a method returns `undefined` instead, the user has no such task. */
export type Failure = VersionConflict | InvalidFields | ExternalIdTaken | HasOpenSubtasks | NotRecurring | NoVersion;

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

/** Another task of the user has that external id and is not in the trash. */
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

/** The write is only for certain versions of the task, but there is no such task. */
export class NoVersion {
  readonly current = undefined;
}

export function isFailure(outcome: unknown): outcome is Failure {
  return [VersionConflict, InvalidFields, ExternalIdTaken, HasOpenSubtasks, NotRecurring, NoVersion].some(
    (kind) => outcome instanceof kind,
  );
}
