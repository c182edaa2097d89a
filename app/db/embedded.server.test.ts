import { cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { CannotStart } from "#app/cannot-start.ts";
import { openEmbedded } from "#app/db/embedded.server.ts";

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "doable-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function refusal(folder: string): Promise<string> {
  const error = await openEmbedded(folder).catch((reason) => reason);
  expect(error).toBeInstanceOf(CannotStart);
  return error.message;
}

test("a folder is locked by one process at a time, and keeps its rows", { timeout: 60_000 }, async () => {
  const folder = join(await newFolder(), "made", "for", "it");
  const first = await openEmbedded(folder);
  await first.pool.query("create table kept as select 1 as one");
  expect(await refusal(folder)).toContain(`another process is using ${folder}`);
  await first.pool.end();
  await first.close();
  const second = await openEmbedded(folder);
  expect((await second.pool.query("select one from kept")).rows).toEqual([{ one: 1 }]);
  await second.pool.end();
  await second.close();
});

test("a process that was killed while it created the database leaves nothing in the way", { timeout: 60_000 }, async () => {
  const folder = await newFolder();
  await mkdir(join(folder, "postgres"));
  await writeFile(join(folder, "postgres", "PG_VERSION"), "18");
  await writeFile(join(folder, "postgres.unfinished"), "");
  const { pool, close } = await openEmbedded(folder);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
  await close();
  expect((await readdir(folder)).filter((name) => !name.startsWith("lock"))).toEqual(["postgres"]);
});

test("a folder that can't be made or written to is refused", async () => {
  const folder = await newFolder();
  const file = join(folder, "file");
  await writeFile(file, "");
  await mkdir(join(folder, "locked", "lock"), { recursive: true });
  await mkdir(join(folder, "garbage"));
  await writeFile(join(folder, "garbage", "lock"), "garbage ".repeat(100));
  await mkdir(join(folder, "occupied"));
  await writeFile(join(folder, "occupied", "postgres"), "");
  const folders = [file, join(file, "below"), "/proc/self/doable", ...["locked", "garbage", "occupied"].map((name) => join(folder, name))];
  for (const each of folders)
    expect(await refusal(each)).toMatch(new RegExp(`^the folder ${each} can't be used \\(.+\\): make it a folder`));
});

const DAMAGES: Record<string, (data: string) => Promise<unknown>> = {
  "no PG_VERSION": (data) => rm(join(data, "PG_VERSION")),
  "the PG_VERSION of another release": (data) => writeFile(join(data, "PG_VERSION"), "12\n"),
  "a control file of garbage": (data) => writeFile(join(data, "global/pg_control"), "garbage ".repeat(1024)),
  "an empty control file": (data) => truncate(join(data, "global/pg_control")),
  "no tables": (data) => rm(join(data, "base"), { recursive: true }),
};

test.for(Object.keys(DAMAGES))("a database with %s is refused, and left as it is", { timeout: 60_000 }, async (name, { skip }) => {
  const template = inject("template");
  skip(template.startsWith("postgres"), "the run's template is a Postgres");
  const folder = await newFolder();
  const data = join(folder, "postgres");
  await cp(template, folder, { recursive: true });
  await DAMAGES[name]?.(data);
  const before = await readdir(data);
  expect(await refusal(folder)).toMatch(new RegExp(`^the database in ${data} is damaged \\(.+\\): restore ${folder} from a backup`));
  expect(await readdir(data)).toEqual(expect.arrayContaining(before));
});
