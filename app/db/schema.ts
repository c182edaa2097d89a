import type { ColumnType, Generated } from "kysely";

export type Timestamp = Date;

export interface Database {
  user: UserTable;
  session: SessionTable;
  jwks: JwksTable;
  apikey: ApikeyTable;
  changeSequence: ChangeSequenceTable;
  list: ListTable;
  label: LabelTable;
  task: TaskTable;
  taskRevision: TaskRevisionTable;
  tombstone: TombstoneTable;
  undoneChange: UndoneChangeTable;
  changeLog: ChangeLogTable;
  keptAnswer: KeptAnswerTable;
  heldFile: HeldFileTable;
}

interface UserTable {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  timezone: string;
  banned: boolean | null;
  banExpires: Timestamp | null;
  /** Tokens issued earlier are invalid. */
  tokensValidFrom: Generated<Timestamp | null>;
  weekStart: Generated<number>;
  clock: Generated<string>;
  theme: Generated<string>;
  captureLanguage: Generated<string>;
  dateOrder: Generated<string | null>;
}

interface SessionTable {
  id: string;
  userId: string;
}

interface JwksTable {
  id: string;
  publicKey: string;
  /** The private part, encrypted with the secret by Better Auth. */
  privateKey: string;
  createdAt: Timestamp;
  expiresAt: Timestamp | null;
  alg: string | null;
  crv: string | null;
}

interface ApikeyTable {
  id: string;
  name: string | null;
  /** SHA-256 of the key, base64url. */
  key: string;
  referenceId: string;
  enabled: boolean | null;
  expiresAt: Timestamp | null;
  createdAt: Timestamp;
  lastRequest: Timestamp | null;
  /** JSON, `{"tasks": ["read", "write"]}`. */
  permissions: string | null;
}

/** One row for each user. Taking the next change number locks the row until the writer commits. */
interface ChangeSequenceTable {
  userId: string;
  lastValue: number;
  /** Tombstones up to this change number may have been deleted. */
  sweptTo: Generated<number>;
  /** The user's usage for the quotas, the trash included. Triggers count it. */
  taskCount: Generated<number>;
  listCount: Generated<number>;
  /** Of titles and notes. */
  textBytes: Generated<number>;
}

interface ListTable {
  userId: string;
  id: string;
  name: string;
  color: string | null;
  rank: string;
  createdAt: Generated<Timestamp>;
  updatedAt: ColumnType<Timestamp, never, unknown>;
  version: Generated<number>;
  changeSeq: number;
}

/** The spelling of each label that the user's tasks have or had. */
interface LabelTable {
  userId: string;
  /** The same for all spellings of a label. Computed from the name. */
  key: ColumnType<string, never, never>;
  name: string;
}

interface TaskTable {
  userId: string;
  id: string;
  listId: string | null;
  parentId: string | null;
  title: string;
  notes: Generated<string>;
  status: Generated<"open" | "done">;
  priority: Generated<number>;
  labels: Generated<string[]>;
  dueDate: string | null;
  /** `HH:MM:SS`. */
  dueTime: string | null;
  dueTimezone: string | null;
  /** Null unless the due time has a zone of its own. */
  dueAt: Timestamp | null;
  startDate: string | null;
  rrule: string | null;
  recurrenceAnchor: "due" | "completion" | null;
  seriesId: string | null;
  occurrenceDate: string | null;
  previousId: string | null;
  rank: string;
  externalId: string | null;
  createdAt: Generated<Timestamp>;
  updatedAt: ColumnType<Timestamp, never, unknown>;
  completedAt: Timestamp | null;
  deletedAt: Timestamp | null;
  version: Generated<number>;
  changeSeq: number;
}

/** A task's row before a change, written by a trigger. */
interface TaskRevisionTable {
  userId: string;
  taskId: string;
  version: number;
  /** In snake_case. */
  task: Record<string, unknown>;
  changeSeq: number;
  replacedAt: Generated<Timestamp>;
}

interface TombstoneTable {
  userId: string;
  kind: "task" | "list";
  id: string;
  changeSeq: number;
  deletedAt: Generated<Timestamp>;
}

/** The response to a request with an Idempotency-Key. */
interface KeptAnswerTable {
  userId: string;
  key: string;
  requestHash: Buffer;
  status: number;
  headers: ColumnType<[name: string, value: string][], string, string>;
  body: Buffer;
  createdAt: ColumnType<Timestamp, unknown, unknown>;
}

/** A pending import: an uploaded file whose import is not confirmed yet. */
interface HeldFileTable {
  userId: string;
  id: string;
  name: string;
  content: Buffer;
  heldAt: Generated<Timestamp>;
}

/** A change that was undone, at least in part. */
interface UndoneChangeTable {
  userId: string;
  changeSeq: number;
  undoneAt: Generated<Timestamp>;
  /** The change that undid it; null for those undone before this was stored. */
  undoneBy: number | null;
  /** Whether the undone change was itself an undo. */
  isRedo: Generated<boolean>;
}

/** Written by triggers, for each change that wrote something. */
interface ChangeLogTable {
  userId: string;
  changeSeq: number;
  at: Generated<Timestamp>;
  origin: { type: "session" } | { type: "key"; id: string; name: string | null };
}
