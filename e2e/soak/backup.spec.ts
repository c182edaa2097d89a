import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { call, newTask, type Person, signUp } from "../support/api.ts";
import { type DoableServer, launch, run } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

// Always on the embedded database, also where other tests run on Postgres.

const BACKUP = "app/cli/backup.ts";

test.describe.configure({ timeout: 180_000 });

interface Folder extends AsyncDisposable {
  path: string;
  /** A server on the data in this folder. The folder is left to its owner. */
  start(env?: Record<string, string>): Promise<DoableServer>;
}

async function newFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "doable-e2e-"));
  return { path, start: (env) => startOn(join(path, "data"), env), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

function startOn(dataDir: string, env: Record<string, string> = {}): Promise<DoableServer> {
  return launch({ env: { DATA_DIR: dataDir }, async remove() {} }, env);
}

async function titlesOf(server: DoableServer, { token }: Person): Promise<string[]> {
  const { tasks } = await (await call(server, "/api/me/export", { token })).json();
  return tasks.map(({ title }: { title: string }) => title);
}

function backUp(server: DoableServer, ...args: string[]) {
  return run(BACKUP, { DATA_DIR: server.env.DATA_DIR ?? "" }, args);
}

test("a backup made while a client writes restores all that was written before it, and nothing of half a write", async () => {
  await using folder = await newFolder();
  await using server = await folder.start({ API_WRITES_PER_MINUTE: "1000000" });
  const person = await signUp(server);
  const written: string[][] = [];
  let isDone = false;
  async function write() {
    while (!isDone) {
      const titles = [`Task ${written.length}`, `and ${written.length}`];
      const operations = titles.map((title) => ({ op: "create", task: { title } }));
      const batch = await call(server, "/api/me/tasks/batch", { token: person.token, json: { atomic: true, operations } });
      expect(batch.status).toBe(200);
      written.push(titles);
    }
  }
  const writing = write();
  await expect.poll(() => written.length).toBeGreaterThan(3);
  const before = written.length;
  const target = join(folder.path, "backups", "first");
  const backup = await backUp(server, target);
  const after = written.length;
  isDone = true;
  await writing;
  expect(backup).toEqual({ code: 0, output: [`The backup is in ${target}`, expect.stringContaining("It has the secret, too")] });
  expect(written.length).toBeGreaterThan(after);

  await using restored = await startOn(target, { BETTER_AUTH_URL: server.env.BETTER_AUTH_URL ?? "" });
  const titles = await titlesOf(restored, person);
  const writes = titles.length / 2;
  expect(titles.toSorted()).toEqual(written.slice(0, writes).flat().toSorted());
  expect(writes).toBeGreaterThanOrEqual(before);
  expect(writes).toBeLessThanOrEqual(after + 1);
  const today = await call(restored, "/today", { headers: { Cookie: person.cookie } });
  expect(today.status, "the session is valid there").toBe(200);
  await newTask(restored, person.token, { title: "Written to the backup" });
  expect(await titlesOf(server, person)).not.toContain("Written to the backup");
});

test("a backup is made without a server, too, and only its owner can read it", async () => {
  await using folder = await newFolder();
  await using server = await folder.start();
  const person = await signUp(server);
  await newTask(server, person.token, { title: "Milk" });
  await server.stop();
  const target = join(folder.path, "backup");
  expect(await backUp(server, target)).toMatchObject({ code: 0 });
  expect((await readdir(target)).sort()).toEqual(["postgres", "secret"]);
  expect((await stat(target)).mode & 0o777).toBe(0o700);
  expect((await stat(join(target, "secret"))).mode & 0o777).toBe(0o600);
  await using restored = await startOn(target, { BETTER_AUTH_URL: server.env.BETTER_AUTH_URL ?? "" });
  expect(await titlesOf(restored, person)).toEqual(["Milk"]);
});

test("with BETTER_AUTH_SECRET the backup says that it does not have it", async () => {
  await using folder = await newFolder();
  const BETTER_AUTH_SECRET = "only-for-tests-only-for-tests-only";
  await using server = await folder.start({ BETTER_AUTH_SECRET });
  const target = join(folder.path, "backup");
  expect(await backUp(server, target)).toMatchObject({ output: [expect.anything(), expect.stringContaining("keep that as well")] });
  expect(await readdir(target)).toEqual(["postgres"]);
});

test("a server that was killed leaves nothing that stops the next one from taking backups", async () => {
  await using folder = await newFolder();
  await using server = await folder.start();
  await server.stop("SIGKILL");
  await using next = await server.restart();
  expect((await stat(join(next.env.DATA_DIR ?? "", "control"))).mode & 0o777).toBe(0o600);
  expect(await backUp(next, join(folder.path, "backup"))).toMatchObject({ code: 0 });
  await next.stop();
  expect(await readdir(next.env.DATA_DIR ?? "")).not.toContain("control");
});

test("what can't be backed up, or not into that folder, is refused in one line that changes nothing", async () => {
  await using folder = await newFolder();
  await using server = await folder.start();
  const dataDir = server.env.DATA_DIR ?? "";
  const taken = join(folder.path, "taken");
  await mkdir(taken);
  await writeFile(join(taken, "file"), "");
  const refused = (reason: string) => ({ code: 1, output: [`There is no backup: ${reason}`] });
  for (let round = 0; round < 2; round++) {
    expect(await backUp(server, taken)).toEqual(refused(`${taken} exists already: name a new folder`));
    expect(await backUp(server, join(taken, "file", "below"))).toMatchObject({ code: 1, output: [expect.stringContaining("ENOTDIR")] });
    expect(await backUp(server, join(dataDir, "postgres", "within"))).toMatchObject({ code: 1 });
    expect(await readdir(taken)).toEqual(["file"]);
    // The second time without a server.
    if (round === 0) await server.stop();
  }
  expect(await readdir(join(dataDir, "postgres"))).not.toContain("within.unfinished");
  expect(await backUp(server)).toEqual(refused("name a new folder: npm run db:backup -- <folder>"));
  const nothing = join(folder.path, "nothing");
  expect(await run(BACKUP, { DATA_DIR: nothing }, [taken])).toEqual(refused(`${nothing} has no database`));
  const onPostgres = { DATABASE_URL: "postgres://localhost/doable", BETTER_AUTH_SECRET: "only-for-tests-only-for-tests-only" };
  expect(await run(BACKUP, onPostgres, [taken])).toMatchObject({ code: 1, output: [expect.stringContaining("use pg_dump")] });
});

test("a process that uses the data and takes no commands is named as the reason", async () => {
  await using folder = await newFolder();
  await using server = await folder.start();
  await server.stop();
  const dataDir = server.env.DATA_DIR ?? "";
  using holder = new DatabaseSync(join(dataDir, "lock"));
  holder.exec("begin exclusive");
  const { code, output } = await backUp(server, join(folder.path, "backup"));
  expect({ code, output }).toEqual({ code: 1, output: [expect.stringContaining("takes no commands: stop it, and try again")] });
  expect(await readFile(join(dataDir, "secret"), "utf8")).not.toBe("");
});
