import type { ColumnType, Generated } from "kysely";

/** The tables as Kysely sees them: camelCase here, snake_case in Postgres. The rules of each stand in migrations/. */
export interface Database {
  user: UserTable;
  session: SessionTable;
  jwks: JwksTable;
  apikey: ApikeyTable;
  changeSequence: ChangeSequenceTable;
  task: TaskTable;
}

/** Better Auth's, with its admin plugin's columns and our time zone. */
interface UserTable {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  timezone: string;
  banned: boolean | null;
  banExpires: Date | null;
}

interface SessionTable {
  id: string;
  userId: string;
}

interface JwksTable {
  id: string;
  /** JSON Web Key (RFC 7517), public part. */
  publicKey: string;
  /** The private part, encrypted with the secret by Better Auth. */
  privateKey: string;
  createdAt: Date;
  expiresAt: Date | null;
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
  expiresAt: Date | null;
  createdAt: Date;
  lastRequest: Date | null;
  /** JSON, `{"tasks": ["read", "write"]}`. */
  permissions: string | null;
}

/** One row a user: the last change number given out. Taking the next one locks the row until the writer commits. */
interface ChangeSequenceTable {
  userId: string;
  lastValue: number;
}

interface TaskTable {
  userId: string;
  id: string;
  title: string;
  notes: Generated<string>;
  status: Generated<"open" | "done">;
  priority: Generated<number>;
  dueDate: string | null;
  rank: string;
  createdAt: Generated<Date>;
  updatedAt: ColumnType<Date, never, unknown>;
  completedAt: Date | null;
  deletedAt: Date | null;
  version: Generated<number>;
  changeSeq: number;
}
