import { COLUMN_NAMES } from "#app/tasks/columns.ts";
import { snakeCase } from "#app/tasks/keys.ts";
import { QUOTAS } from "#app/tasks/store/quota.server.ts";
import { FIELD_COLUMNS } from "./task.ts";

// Doable's own SQL: bench/same-response.ts checks that it is what Doable sends, apart from parameter numbers.

const TASK = COLUMN_NAMES.map((name) => `"${snakeCase(name)}"`).join(", ");

export const FIND_USER = `select "id", "name", "timezone", "week_start", "clock", "theme", "capture_language", "date_order", "banned", "ban_expires", "tokens_valid_from",
  exists(select "jwks"."id" from "jwks" where "jwks"."id" = $1) as "has_key" from "user" where "id" = $2`;

const USER_COLUMNS =
  "name email email_verified image created_at updated_at role banned ban_reason ban_expires timezone week_start clock theme capture_language date_order id";

export const FIND_SESSION = `select "primary".*, ${USER_COLUMNS.split(" ")
  .map((column) => `"join_user"."${column}" as "_joined_user_${column}"`)
  .join(", ")}
  from (select * from "session" where "session"."token" = $1) as "primary"
  left join "user" as "join_user" on "join_user"."id" = "primary"."user_id"`;

export const KEYS = `select "id", "public_key", "alg", "expires_at" from "jwks" order by "created_at" desc`;

export const LIST_TASKS = `select ${TASK}, (rank)::text as "key0" from "task"
  where "user_id" = $1 and "deleted_at" is null order by rank asc, "id" asc limit $2`;

const NEXT_NUMBER = `with "change" as (insert into "change_sequence" ("user_id", "last_value") values ($1, $2)
  on conflict ("user_id") do update set "last_value" = change_sequence.last_value + 1
  returning "last_value" as "change_number", "task_count", "list_count", "text_bytes", set_config('doable.origin', $3, true) as "origin")`;

function isWithin(quota: "taskCount" | "textBytes", added: string): string {
  const count = snakeCase(quota);
  return `"${count}" + ${added} <= greatest("${count}", ${QUOTAS[quota]})`;
}

/** The fields and `due_at`, with parameters from `$first` on, and the column that each is assigned to. */
function fieldParameters(first: number): [column: string, parameter: string][] {
  const fields = FIELD_COLUMNS.map((column, index): [string, string] => [`"${column}"`, `$${first + index}`]);
  return [...fields, ['"due_at"', `to_timestamp($${first + fields.length})`]];
}

const CREATED = fieldParameters(9);

export const CREATE_TASK = `${NEXT_NUMBER}
  insert into "task" (${CREATED.map(([column]) => column).join(", ")}, "user_id", "id", "completed_at", "series_id", "rank", "change_seq")
  select ${CREATED.map(([, parameter]) => parameter).join(", ")}, $1, $4,
    case when $5 = 'done' then now() end, $6, 'k' || lpad(((select change_number from change))::text, 11, '0') || $7,
    (select change_number from change)
  where (select ${isWithin("taskCount", "$2")} and ${isWithin("textBytes", "$8")} from change)
  returning ${TASK}`;

export const GET_TASK = `select ${TASK} from "task" where "user_id" = $1 and "id" = $2 and "deleted_at" is null`;

export const UPDATE_TASK = `${NEXT_NUMBER}
  update "task" set ${fieldParameters(9)
    .map((pair) => pair.join(" = "))
    .join(", ")}, "series_id" = $4, "occurrence_date" = $8,
    "updated_at" = now(), "version" = version + 1, "change_seq" = (select change_number from change)
  where "user_id" = $1 and "id" = $5 and "version" = $6 and "deleted_at" is null
    and (select ${isWithin("textBytes", "$7")} from change)
  returning ${TASK}`;

const CHANGE_SOURCES = [
  `"tombstone" where user_id = $1 and kind = 'task'`,
  `"tombstone" where user_id = $1 and kind = 'list'`,
  `"list" where user_id = $1 and true`,
  `"task" where user_id = $1 and true`,
].map(
  (rows, kind) => `(select change_seq as change_number, ${kind} as kind, id as row_id from ${rows}
    and (change_seq, id) > ($${2 * kind + 4}, $${2 * kind + 5}::uuid) order by change_seq, id limit $2)`,
);

export const CHANGES = `select sequence.last_value, sequence.swept_to, changed.*, ${TASK.replaceAll(/"\w+"/g, '"task".$&')}
  from change_sequence sequence
  left join (select * from (${CHANGE_SOURCES.join(" union all ")}) any_kind order by change_number, kind, row_id limit $2) changed on true
  left join task on changed.kind = $3 and task.user_id = $1 and task.id = changed.row_id
  where sequence.user_id = $1 order by change_number, kind, row_id`;

/** Takes three parameters: the farthest date in any zone, the last day, and the instant at which it ends. */
function dueBy(first: number): string {
  const [farthest, day, end] = [0, 1, 2].map((index) => `$${first + index}`);
  return `("due_date" <= ${farthest}
    and (("due_at" is null and "due_date" <= ${day}) or ("due_at" is not null and "due_at" < ${end}::timestamptz)))`;
}

const OWNED = `"user_id" = $1 and "deleted_at" is null`;
const STARTED = `("start_date" is null or "start_date" <= $3)`;
const DUE_TODAY = `("status" = 'open' and ${dueBy(2)} and ${STARTED})`;

/** The tasks in the user's own zone, or those with a fixed zone, which are sorted in another way. */
function firstDue(isFixed: boolean): string {
  const order = isFixed ? '"due_at"' : '"due_date", "due_time" nulls last';
  return `select * from (select ${TASK} from "task" where ${OWNED} and ${DUE_TODAY} and "due_at" is ${isFixed ? "not " : ""}null
    order by ${order}, "priority" desc, "rank", "id" limit 151) as "first"`;
}

export const TODAY = `${firstDue(false)} union all ${firstDue(true)} union all
  select * from (select ${TASK} from "task" where ${OWNED} and "status" = 'done' and "completed_at" >= $5::timestamptz
    order by "completed_at" desc limit 51) as "done"`;

function countOf(condition: string): string {
  return `(select count(*) as "count" from (select 1 as "one" from "task" where ${OWNED} and ${condition} limit 100) as "counted")`;
}

const OPEN = `"user_id" = $1 and "deleted_at" is null and "status" = 'open'`;

export const SIDE_BAR = `select
  (select (due_date + due_time)::text as "wall" from "task" where ${OPEN} and "due_at" is null
    and (coalesce(due_date, 'infinity'), coalesce(due_time, '24:00')) >= ($9::date, $10::time)
    order by coalesce(due_date, 'infinity'), coalesce(due_time, '24:00') limit 1) as "next_floating",
  (select "due_at" from "task" where ${OPEN} and "due_at" >= $11::timestamptz order by "due_at" limit 1) as "next_fixed",
  ${countOf(DUE_TODAY)} as "today",
  ${countOf(`("status" = 'open' and "due_date" >= $5 and ${dueBy(6)} and not ${dueBy(2)} and ${STARTED})`)} as "upcoming",
  ${countOf(`("status" = 'open' and "list_id" is null and "parent_id" is null)`)} as "inbox",
  (select coalesce(json_agg(agg), '[]') from (select "id", "name", "color",
    ${countOf(`("status" = 'open' and "list_id" = "list"."id" and "parent_id" is null)`)} as "count"
    from "list" where "user_id" = $1 order by "rank", "id") as agg) as "lists"`;

export const RELATED = `
  select "parent_id" as "id", null as "title", count(*) as "total", count(*) filter(where "status" = $4) as "done"
    from "task" where ${OWNED} and "parent_id" = any($2::uuid[]) group by "parent_id"
  union all
  select "id", "title", 0 as "total", 0 as "done" from "task" where "user_id" = $1 and "id" = any($3::uuid[])`;
