import { Client } from "pg";

/** Creates a database on the server of `url`. Disposing drops it. */
export async function createDatabase(url: string, name: string): Promise<AsyncDisposable & { url: string }> {
  const created = new URL(url);
  created.pathname = `/doable_bench_${name}_${process.pid}`;
  const database = created.pathname.slice(1);
  await run(url, `create database ${database}`);
  return { url: created.href, [Symbol.asyncDispose]: () => run(url, `drop database ${database} with (force)`) };
}

/** Gives each user ten lists, and that many tasks: half of them done, 50 of the open ones due today, one in 11 in no list. */
export async function insertTasks(url: string, users: string[], tasks: number): Promise<void> {
  await run(url, INSERT_TASKS, [users, tasks]);
}

/** Inserts that many users with 100 tasks each. */
export async function insertOtherUsers(url: string, users: number): Promise<void> {
  if (users === 0) return;
  await run(
    url,
    `insert into "user" (name, email, email_verified, timezone)
     select 'Somebody', 'other' || gen_random_uuid() || '@example.com', true, 'UTC' from generate_series(1, $1::int)`,
    [users],
  );
  await run(
    url,
    INSERT_TASKS.replace("any($1::uuid[])", `any(select id from "user" where email like 'other%' and $1::uuid[] is not null)`),
    [[], 100],
  );
}

export async function vacuum(url: string): Promise<void> {
  await run(url, "vacuum analyze");
}

const INSERT_TASKS = `
  with owner as (
    insert into change_sequence (user_id, last_value) select id, $2::int + 10 from "user" where id = any($1::uuid[]) returning user_id as id
  ), owned_list as (
    insert into list (user_id, id, name, rank, change_seq)
    select id, gen_random_uuid(), 'List ' || n, 'k' || lpad(n::text, 11, '0'), n from owner, generate_series(1, 10) n
    returning user_id, id, change_seq as n
  )
  insert into task (user_id, id, list_id, title, status, completed_at, labels, due_date, rank, created_at, updated_at, change_seq)
  select owned_list.user_id, gen_random_uuid(), case when t % 11 > 0 then owned_list.id end,
    (select string_agg(chr(97 + h % 20) || chr(97 + h / 20 % 20) || 'rd', ' ')
      from (select abs(hashtext(t::text || 'word' || w)) h from generate_series(1, 4) w) words)
      || case when t % greatest($2::int / 20, 1) = 0 then ' quokka' else '' end,
    case when t % 2 = 0 and t > 50 then 'done' else 'open' end,
    case when t % 2 = 0 and t > 50 then now() - interval '2 days' - t * interval '1 minute' end,
    case when t % 5 = 0 then array['home'] else '{}' end,
    case when t <= 50 then current_date when t % 8 = 1 then current_date + t % 365 end,
    'k' || lpad((t + 10)::text, 11, '0'), now() - t * interval '1 minute', now() - t * interval '1 minute', t + 10
  from generate_series(1, $2::int) t join owned_list on owned_list.n = t % 10 + 1`;

async function run(url: string, text: string, values: unknown[] = []): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(text, values);
  await client.end();
}
