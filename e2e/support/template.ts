import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Data, emptyData, queryData, TEMPLATE, type Template } from "./data.ts";
import { PASSWORD } from "./people.ts";
import { launch } from "./server.ts";

const PEOPLE = 3000;

/**
 * Playwright's global setup. Starts a server on empty data and signs up one user; the other users are copies of that
 * user's rows, because each sign-up spends a tenth of a second on scrypt.
 */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const data = await emptyData();
  const server = await launch(data);
  const first = await signUp(server.url);
  await server.stop();
  const people = Array.from({ length: PEOPLE }, newRow);
  await copyPerson(data, first, people);
  const secret = data.env.BETTER_AUTH_SECRET ?? (await readFile(join(data.env.DATA_DIR ?? "", "secret"), "utf8"));
  const template: Template = { env: data.env, secret, people };
  const file = `${data.env.DATA_DIR}.json`;
  await writeFile(file, JSON.stringify(template));
  process.env[TEMPLATE] = file;
  return async () => {
    await rm(file);
    await data.remove();
  };
}

function newRow(): Template["people"][number] {
  return { id: randomUUID(), email: `${randomUUID()}@example.com`, sessionToken: randomUUID().replaceAll("-", "") };
}

async function signUp(url: string): Promise<string> {
  const account = { name: "Robin Tester", email: "first@example.com", password: PASSWORD };
  const headers = { "Content-Type": "application/json", Origin: url };
  const answer = await fetch(`${url}/api/auth/sign-up/email`, { method: "POST", headers, body: JSON.stringify(account) });
  if (!answer.ok) throw new Error(`the template's first person was not signed up: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).user.id;
}

/** Copies every column, except ids, the e-mail and the session's token. */
const COPY = `
  with person as (select * from json_to_recordset($2::json) as p (id uuid, email text, "sessionToken" text)),
  users as (
    insert into "user" select (json_populate_record(u, json_build_object('id', p.id, 'email', p.email))).*
    from "user" u, person p where u.id = $1
  ),
  accounts as (
    insert into account
    select (json_populate_record(a, json_build_object('id', gen_random_uuid(), 'account_id', p.id, 'user_id', p.id))).*
    from account a, person p where a.user_id = $1
  )
  insert into session
  select (json_populate_record(s, json_build_object('id', gen_random_uuid(), 'token', p."sessionToken", 'user_id', p.id))).*
  from session s, person p where s.user_id = $1`;

async function copyPerson({ env }: Data, id: string, people: Template["people"]): Promise<void> {
  await queryData(env, COPY, [id, JSON.stringify(people)]);
}
