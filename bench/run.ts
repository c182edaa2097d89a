import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { assetSizes } from "./asset-sizes.ts";
import { createDatabase, insertTasks, vacuum } from "./database.ts";
import { growth } from "./growth.ts";
import { stopLoad } from "./load.ts";
import { measure, median } from "./measure.ts";
import type { Usage } from "./meter.ts";
import type { Results } from "./results.ts";
import { requireSameResponse } from "./same-response.ts";
import { type Server, start } from "./servers.ts";
import { resultsTable } from "./table.ts";
import { type BenchUser, createTasksOverApi, page, readChanges, refresh, SCENARIOS, signUp } from "./users.ts";

// `npm run bench`, or `npm run bench -- --quick` to check that it works. See README.md beside this file.

const { quick } = parseArgs({ options: { quick: { type: "boolean" } } }).values;
const EFFORT = quick ? { rounds: 1, seconds: 0.2 } : { rounds: 5, seconds: 2 };
const SIZES = quick ? { tasks: [100, 200], others: [100, 200] } : { tasks: [100, 10_000, 100_000], others: [10_000, 2_000_000] };
const CONNECTED_USERS = 16;

/** As in production, but with limits and quotas too high to apply. */
const ENV = {
  BETTER_AUTH_URL: "http://localhost:3000",
  BETTER_AUTH_SECRET: "only-for-the-benchmark-only-for-the-benchmark",
  DATABASE_POOL_MAX: "10",
  TRUST_PROXY: "1",
  API_READS_PER_MINUTE: "100000000",
  API_WRITES_PER_MINUTE: "100000000",
  QUOTA_TASKS: "100000000",
};

async function onPostgres(url: string): Promise<Results> {
  await using database = await createDatabase(url, "floor");
  const env = { ...ENV, DATABASE_URL: database.url };
  const compared = await againstFloor(env);
  const starts = [];
  for (let round = 0; round < EFFORT.rounds; round++) starts.push(await startOnce(env));
  return {
    ...header(),
    scenarios: compared.scenarios,
    growth: await growth(url, ENV, SIZES, EFFORT),
    process: { ...compared.process, "start to first response, on Postgres": `${median(starts).toFixed(0)} ms`, ...(await startEmbedded()) },
  };
}

async function againstFloor(env: typeof ENV & { DATABASE_URL: string }): Promise<Pick<Results, "scenarios" | "process">> {
  await using doable = await start("doable", env);
  const idle = await doable.usage();
  const [first, ...users] = await signUpUsers(doable);
  await insertTasks(env.DATABASE_URL, idsOf([first]), 60);
  await insertTasks(env.DATABASE_URL, idsOf(users), 50);
  await vacuum(env.DATABASE_URL);
  await using floor = await start("floor", env);
  const idleFloor = await floor.usage();
  await check(doable, floor, first);
  const scenarios = await compare([doable, floor], users);
  const process = {
    ...(await pageWeight(doable, first)),
    "memory of Doable, idle and after load": memory(idle, await doable.usage()),
    "memory of the floor, idle and after load": memory(idleFloor, await floor.usage()),
  };
  return { scenarios, process };
}

/** Doable alone: the floor and the bulk inserts of the growth part need a Postgres server. */
async function onEmbedded(): Promise<Results> {
  await using folder = await newFolder();
  await using doable = await start("doable", { ...ENV, DATA_DIR: folder.path });
  const idle = await doable.usage();
  const [first, ...others] = await signUpUsers(doable);
  for (const user of others) await createTasksOverApi(doable.origin, user);
  const scenarios = await compare([doable], others);
  const process = { ...(await pageWeight(doable, first)), "memory, idle and after load": memory(idle, await doable.usage()) };
  return { ...header(), scenarios, process: { ...process, ...(await startEmbedded()) } };
}

/** One user for each connection, after an extra one for comparing responses, which creates and changes tasks. */
async function signUpUsers(doable: Server): Promise<[BenchUser, ...BenchUser[]]> {
  const signedUp = (index: number) => signUp(doable.origin, ENV.BETTER_AUTH_URL, `user-${index}`);
  const users: [BenchUser, ...BenchUser[]] = [await signedUp(0)];
  while (users.length <= CONNECTED_USERS) users.push(await signedUp(users.length));
  return users;
}

function idsOf(users: BenchUser[]): string[] {
  return users.map(({ id }) => id);
}

async function check(doable: Server, floor: Server, user: BenchUser): Promise<void> {
  console.error("comparing responses");
  await refresh(doable.origin, user);
  await readChanges(doable.origin, user);
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    const [request] = scenario(user);
    if (request) await requireSameResponse(doable, floor, name, request);
  }
}

async function compare(all: [Server, ...Server[]], users: BenchUser[]): Promise<Results["scenarios"]> {
  const [{ origin }] = all;
  const scenarios: Results["scenarios"] = {};
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    console.error(`measuring: ${name}`);
    for (const user of users) {
      await refresh(origin, user);
      await readChanges(origin, user);
    }
    scenarios[name] = await measure(all, users.map(scenario), EFFORT);
  }
  return scenarios;
}

async function pageWeight({ origin }: Server, { cookie }: BenchUser): Promise<Record<string, string>> {
  const { scripts, styles } = await assetSizes(origin, page("/today", cookie));
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return { "scripts and style sheets on /today, in Brotli": `${kilobytes(scripts)} and ${kilobytes(styles)}` };
}

async function startOnce(env: Record<string, string>): Promise<number> {
  await using server = await start("doable", env);
  return server.startedIn;
}

/** The first start creates the data folder, later ones open it. */
async function startEmbedded(): Promise<Record<string, string>> {
  await using folder = await newFolder();
  const times = [];
  for (let round = 0; round <= EFFORT.rounds; round++) times.push(await startOnce({ ...ENV, DATA_DIR: folder.path }));
  const [first = 0, ...again] = times;
  return { "start to first response, embedded, at first and again": `${first.toFixed(0)} ms and ${median(again).toFixed(0)} ms` };
}

function newFolder() {
  return mkdtempDisposable(join(tmpdir(), "doable-bench-"));
}

function header() {
  const machine = `${availableParallelism()} cores, Node ${process.versions.node}`;
  return { date: Temporal.Now.plainDateISO().toString(), machine, rounds: EFFORT.rounds };
}

function memory(idle: Usage, loaded: Usage): string {
  const megabytes = ({ memory }: Usage) => `${(memory / 1024 / 1024).toFixed(0)} MB`;
  return `${megabytes(idle)} and ${megabytes(loaded)}`;
}

const url = process.env.DATABASE_URL;
if (!url) console.log("No DATABASE_URL: Doable alone on the embedded database, without growth.\n");
const results = url ? await onPostgres(url) : await onEmbedded();
stopLoad();
await writeFile("bench/results.json", `${JSON.stringify(results, undefined, 2)}\n`);
console.log(resultsTable(results));
