import type { FieldProblem } from "#app/tasks/rules.ts";
import type { Task } from "#app/tasks/task.ts";

/** Why a write was not done. Where a method returns `undefined` instead, the user has no such task. */
export type Failure = VersionConflict | InvalidFields | ExternalIdTaken | HasOpenSubtasks | NotRecurring | NoVersion | QuotaExceeded;

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

/** The amounts that quotas limit. Tasks in the trash count; the text is that of titles and notes. */
export interface Usage {
  taskCount: number;
  listCount: number;
  textBytes: number;
}

export class QuotaExceeded {
  readonly quota: keyof Usage;
  readonly limit: number;
  constructor(quota: keyof Usage, limit: number) {
    this.quota = quota;
    this.limit = limit;
  }

  get message(): string {
    return `an account can have ${QUOTA_WORDS[this.quota](this.limit)}`;
  }
}

const QUOTA_WORDS: Record<keyof Usage, (limit: number) => string> = {
  taskCount: (limit) => `${limit.toLocaleString("en")} tasks, those in the trash included`,
  listCount: (limit) => `${limit.toLocaleString("en")} lists`,
  textBytes: (limit) => `${(limit / 1_000_000).toLocaleString("en")} MB of text in titles and notes, the trash included`,
};

const FAILURES = [VersionConflict, InvalidFields, ExternalIdTaken, HasOpenSubtasks, NotRecurring, NoVersion, QuotaExceeded];

export function isFailure(outcome: unknown): outcome is Failure {
  return FAILURES.some((kind) => outcome instanceof kind);
}
