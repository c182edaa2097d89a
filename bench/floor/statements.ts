/** Doable's own statements, as they reach Postgres: `e2e/http/statements.spec.ts` counts them. */

const TASK = `"id", "list_id", "parent_id", "title", "notes", "status", "priority", "labels", "due_date", "due_time", "due_timezone",
  "start_date", "rrule", "recurrence_anchor", "series_id", "rank", "external_id", "created_at", "updated_at", "completed_at",
  "deleted_at", "version", "change_seq"`;

const NEXT_NUMBER = `with "change" as (
  insert into "change_sequence" ("user_id", "last_value") values ($1, 1)
  on conflict ("user_id") do update set "last_value" = change_sequence.last_value + 1 returning "last_value" as "seq")`;

export const FIND_USER = `select "id", "name", "timezone", "week_start", "clock", "theme", "banned", "ban_expires" from "user" where "id" = $1`;

export const LIST_TASKS = `select ${TASK}, rank::text as "sort_key" from "task"
  where "user_id" = $1 and "deleted_at" is null order by rank asc, "id" asc limit $2`;

export const FIND_TASK = `select ${TASK} from "task" where "user_id" = $1 and "deleted_at" is null and "id" = $2`;

export const CREATE_TASK = `${NEXT_NUMBER}
  insert into "task" ("user_id", "id", "title", "notes", "status", "list_id", "parent_id", "labels", "priority", "due_date", "due_time",
    "due_timezone", "due_at", "start_date", "rrule", "recurrence_anchor", "external_id", "completed_at", "series_id", "rank", "change_seq")
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
    'k' || lpad(((select seq from change))::text, 11, '0') || '', (select seq from change))
  returning ${TASK}`;

export const UPDATE_TASK = `${NEXT_NUMBER}
  update "task" set "title" = $2, "notes" = $3, "status" = $4, "list_id" = $5, "parent_id" = $6, "labels" = $7, "priority" = $8,
    "due_date" = $9, "due_time" = $10, "due_timezone" = $11, "due_at" = $12, "start_date" = $13, "rrule" = $14,
    "recurrence_anchor" = $15, "external_id" = $16, "series_id" = $17,
    "updated_at" = now(), "version" = version + 1, "change_seq" = (select seq from change)
  where "user_id" = $1 and "id" = $18 and "version" = $19 and "deleted_at" is null
  returning ${TASK}`;

export const KEYS = `select "id", "public_key", "alg", "expires_at" from "jwks" order by "created_at" desc`;
