import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, exchangeKey, makeAccessKey, newTask, type Person, signUp } from "../support/api.ts";
import { emptyData } from "../support/data.ts";
import { newList } from "../support/requests.ts";
import { type DoableServer, launch, run } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const MOVE = "app/cli/move.ts";
/** A port without a listener. */
const AWAY = "postgres://nobody:secret@127.0.0.1:1/nothing";

test.describe.configure({ timeout: 180_000 });

/** A server on the embedded database, also where other tests run on Postgres. */
async function startEmbedded(): Promise<DoableServer> {
  const folder = await mkdtemp(join(tmpdir(), "doable-e2e-"));
  return launch({ env: { DATA_DIR: folder }, remove: () => rm(folder, { recursive: true }) });
}

function move(server: DoableServer, ...args: string[]) {
  return run(MOVE, { DATA_DIR: server.env.DATA_DIR ?? "" }, args);
}

async function makeSomething(server: DoableServer, person: Person): Promise<void> {
  const list_id = await newList(server, person.token, "Crème ☕");
  const recurrence = { rrule: "FREQ=DAILY", anchor: "due" };
  const task = await newTask(server, person.token, {
    list_id,
    labels: ["牛乳"],
    due: { date: "2090-01-01" },
    recurrence,
    notes: "a\\b\n'c'",
  });
  await newTask(server, person.token, { parent_id: task.id });
  await call(server, `/api/me/tasks/${task.id}/complete?cascade=true`, { method: "POST", token: person.token });
  await call(server, `/api/me/tasks/${(await newTask(server, person.token)).id}`, { method: "DELETE", token: person.token });
}

async function everythingOf(server: DoableServer, { token }: Person) {
  const read = async (path: string) => (await call(server, `/api/me/${path}`, { token })).text();
  return { export: await read("export"), changes: JSON.parse(await read("changes?limit=200")).items, labels: await read("labels") };
}

test("all that was in the embedded database is in the Postgres afterwards, with its sessions, tokens and keys", async () => {
  test.skip(!process.env.TEST_DATABASE_URL, "needs a Postgres; app/db/move.server.test.ts moves to an embedded one");
  await using server = await startEmbedded();
  const person = await signUp(server);
  await makeSomething(server, person);
  const key = await makeAccessKey(server, person, "Script", ["tasks:read"]);
  const before = await everythingOf(server, person);
  const { next } = await (await call(server, "/api/me/changes?limit=200", { token: person.token })).json();
  const target = await emptyData();
  const url = target.env.DATABASE_URL ?? "";
  expect(await move(server, url)).toMatchObject({ code: 1, output: [expect.stringContaining("stop it first")] });
  await server.stop();

  const moved = await move(server, url);
  expect(moved.code).toBe(0);
  expect(moved.output).toEqual(
    expect.arrayContaining([expect.stringMatching(/^task_revision +\d+ rows$/), expect.stringMatching(/^Next: /)]),
  );
  expect(await move(server, url)).toMatchObject({ code: 1, output: [expect.stringContaining("has rows already")] });

  const secret = await readFile(join(server.env.DATA_DIR ?? "", "secret"), "utf8");
  const env = { BETTER_AUTH_SECRET: secret, BETTER_AUTH_URL: server.env.BETTER_AUTH_URL ?? "" };
  await using onPostgres = await launch({ ...target, env: { ...target.env, ...env } });
  expect(await everythingOf(onPostgres, person)).toEqual(before);
  expect((await call(onPostgres, "/today", { headers: { Cookie: person.cookie } })).status).toBe(200);
  expect((await exchangeKey(onPostgres, key)).status).toBe(200);
  const { id } = await newTask(onPostgres, person.token, { title: "Written there" });
  const later = await (await call(onPostgres, `/api/me/changes?since=${next}`, { token: person.token })).json();
  expect(later.items).toMatchObject([{ id, op: "upsert" }]);

  const again = await server.restart();
  expect(await everythingOf(again, person), "the embedded database is as it was").toEqual(before);
});

test("the URL may come from the environment of a server on Postgres", async () => {
  test.skip(!process.env.TEST_DATABASE_URL, "needs a Postgres");
  await using server = await startEmbedded();
  const person = await signUp(server);
  await server.stop();
  const target = await emptyData();
  const { DATABASE_URL = "", BETTER_AUTH_SECRET = "" } = target.env;
  const env = { DATA_DIR: server.env.DATA_DIR ?? "", DATABASE_URL, BETTER_AUTH_SECRET };
  expect(await run(MOVE, env)).toMatchObject({ code: 0 });
  expect(await move(server, DATABASE_URL)).toMatchObject({ output: [expect.stringContaining("has rows already")] });
  await target.remove();
  expect(person.id).toMatch(/./);
});

test("what can't be moved is refused in one line", async () => {
  await using server = await startEmbedded();
  expect(await move(server, AWAY)).toMatchObject({
    code: 1,
    output: [expect.stringContaining("Nothing was moved: another process is using")],
  });
  await server.stop();
  expect(await move(server, AWAY)).toEqual({ code: 1, output: [expect.stringMatching(/^Nothing was moved: connect ECONNREFUSED/)] });
  expect(await move(server)).toMatchObject({ code: 1, output: [expect.stringContaining("name the new database: set DATABASE_URL")] });
  expect(await move(server, "mysql://localhost/x")).toMatchObject({
    code: 1,
    output: [expect.stringContaining("is not a postgres:// URL")],
  });
  const nothing = await run(MOVE, { DATA_DIR: join(server.env.DATA_DIR ?? "", "nothing") }, [AWAY]);
  expect(nothing).toMatchObject({ code: 1, output: [expect.stringContaining("has no database")] });
  await using next = await server.restart();
  expect((await call(next, "/readyz")).status).toBe(200);
});
