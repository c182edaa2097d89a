/** Something in every table that a user's rows are in, with texts of several scripts. */
export const ROWS_OF_EVERY_TABLE = `
  insert into "user" (id, name, email, email_verified, timezone)
    values ('0199a3c2-5c0e-7d4e-9a53-000000000001', 'Zoë', 'zoe@example.com', true, 'Europe/Lisbon');
  insert into session (user_id, token, expires_at, updated_at) select id, 'token', now(), now() from "user";
  insert into account (user_id, account_id, provider_id, password, updated_at) select id, id, 'credential', 'hash', now() from "user";
  insert into verification (identifier, value, expires_at) values ('a', 'b', now());
  insert into jwks (public_key, private_key, created_at) values ('public', 'private', now());
  insert into apikey (config_id, reference_id, key, created_at, updated_at) select 'default', id, 'key', now(), now() from "user";
  insert into password_try (key, tried_at) values ('a', array[now(), now()]);
  insert into rate_limit (key, count, last_request) values ('a', 1, 1);
  insert into change_sequence (user_id, last_value) select id, 3 from "user";
  insert into list (user_id, id, name, rank, change_seq) select id, id, 'Café ☕', 'a', 1 from "user";
  update list set name = 'Crème', version = 2, change_seq = 2;
  insert into task (user_id, id, list_id, title, notes, labels, rank, change_seq)
    select id, id, id, 'Crème brûlée', E'牛乳を買う\\n😀 \\\\ ''quoted''', '{Errands,errands,é}', 'a', 1 from "user";
  update task set due_date = '2026-12-01', due_time = '09:30', due_timezone = 'Asia/Tokyo', due_at = now(), version = 2, change_seq = 2;
  insert into tombstone (user_id, kind, id, change_seq) select id, 'task', gen_random_uuid(), 3 from "user";
  insert into undone_change (user_id, change_seq, undone_by) select id, 2, 3 from "user";
  insert into removed_task (user_id, task_id, task, change_seq) select user_id, gen_random_uuid(), to_jsonb(task), 3 from task;
  insert into change_log (user_id, change_seq, origin) select id, 2, '{"type": "key", "id": "1", "name": "Zoës Skript"}' from "user";
  insert into kept_answer (user_id, key, request_hash, status, headers, body) select id, 'key', '\\xff', 200, '[]', '\\x00ff' from "user";
  insert into held_file (user_id, id, name, content) select id, id, 'a.csv', '\\x00ff' from "user";
`;
