import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { stopAsking } from "./asking.ts";
import { type Contestant, start } from "./contestants.ts";
import { createDatabase, giveTasks, settle } from "./database.ts";
import { type Growth, growth } from "./growth.ts";
import { type Measured, measure, median } from "./measure.ts";
import type { Usage } from "./meter.ts";
import { giveTasksOverApi, hashedAsset, type Person, QUESTIONS, refresh, signUp } from "./people.ts";
import { tableOf } from "./table.ts";

// `npm run bench`, or `npm run bench -- --quick` to see that it works. See README.md beside this file.

export interface Results {
  date: string;
  machine: string;
  rows: { rounds: number; questions: Record<string, { doable?: Measured; floor?: Measured }> };
  growth?: Growth & { sizes: { tasks: number[]; others: number[] } };
  process: Record<string, string>;
}

const PEOPLE = 16;
/** Only to see that it works. */
const QUICK = process.argv.includes("--quick");
const EFFORT = QUICK ? { rounds: 1, seconds: 0.2 } : { rounds: 5, seconds: 2 };
const SIZES = QUICK ? { tasks: [100, 200], others: [100, 200] } : { tasks: [100, 10_000, 100_000], others: [10_000, 2_000_000] };

/** The limits are lifted by their variables; all else is as in production. */
const ENV = {
  BETTER_AUTH_URL: "http://localhost:3000",
  BETTER_AUTH_SECRET: "only-for-the-benchmark-only-for-the-benchmark",
  DATABASE_POOL_MAX: "10",
  TRUST_PROXY: "1",
  API_READS_PER_MINUTE: "100000000",
  API_WRITES_PER_MINUTE: "100000000",
};

/** What the floor can answer too. */
const ON_THE_FLOOR = ["API list of 50", "API get", "API create", "API patch", "key set", "hashed asset"];

async function onPostgres(url: string): Promise<Results> {
  const database = await createDatabase(url, "floor");
  const env = { ...ENV, DATABASE_URL: database.url };
  const doable = await start("doable", env);
  const idle = await doable.usage();
  const people = await peopleOf(doable);
  await giveTasks(
    database.url,
    people.map(({ id }) => id),
    50,
  );
  await settle(database.url);
  const floor = await start("floor", env);
  const questions = await compare([doable, floor], people);
  const loaded = await doable.usage();
  await Promise.all([doable.stop(), floor.stop()]);
  const starts = [];
  for (let round = 0; round < EFFORT.rounds; round++) starts.push(await startOnce(env));
  await database.drop();
  return {
    ...header(),
    rows: { rounds: EFFORT.rounds, questions },
    growth: { sizes: SIZES, ...(await growth(url, ENV, SIZES, EFFORT)) },
    process: {
      ...memory(idle, loaded),
      "start to first answer, migrated": `${median(starts).toFixed(0)} ms`,
      ...(await startingEmbedded()),
    },
  };
}

/** Doable alone: the floor speaks to a Postgres, and so does what makes tasks by the hundred thousand. */
async function onEmbedded(): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), "doable-bench-"));
  const doable = await start("doable", { ...ENV, DATA_DIR: folder });
  const idle = await doable.usage();
  const people = await peopleOf(doable);
  for (const person of people) await giveTasksOverApi(doable.origin, person);
  const questions = await compare([doable], people);
  const loaded = await doable.usage();
  await doable.stop();
  await rm(folder, { recursive: true });
  return { ...header(), rows: { rounds: EFFORT.rounds, questions }, process: { ...memory(idle, loaded), ...(await startingEmbedded()) } };
}

async function peopleOf(doable: Contestant): Promise<Person[]> {
  const people: Person[] = [];
  for (let index = 0; index < PEOPLE; index++) people.push(await signUp(doable.origin, ENV.BETTER_AUTH_URL, `person-${index}`));
  return people;
}

async function compare(all: Contestant[], people: Person[]): Promise<Results["rows"]["questions"]> {
  const asset = await hashedAsset();
  const questions: Results["rows"]["questions"] = {};
  for (const [name, question] of Object.entries({ ...QUESTIONS, "hashed asset": () => asset })) {
    const [doable] = all;
    for (const person of people) await refresh(doable?.origin ?? "", person);
    const contestants = all.filter((one) => one === doable || ON_THE_FLOOR.includes(name));
    questions[name] = await measure(contestants, people.map(question), EFFORT);
  }
  return questions;
}

async function startOnce(env: Record<string, string>): Promise<number> {
  const contestant = await start("doable", env);
  await contestant.stop();
  return contestant.startedIn;
}

/** Again on a folder that is there already. */
async function startingEmbedded(): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "doable-bench-"));
  await startOnce({ ...ENV, DATA_DIR: folder });
  const time = await startOnce({ ...ENV, DATA_DIR: folder });
  await rm(folder, { recursive: true });
  return { "start to first answer, embedded": `${time.toFixed(0)} ms` };
}

function header() {
  const date = Temporal.Now.plainDateISO().toString();
  return { date, machine: `${availableParallelism()} cores, Node ${process.versions.node}` };
}

function memory(idle: Usage, loaded: Usage): Record<string, string> {
  const megabytes = ({ memory }: Usage) => `${(memory / 1024 / 1024).toFixed(0)} MB`;
  return { "memory, idle and after load": `${megabytes(idle)} and ${megabytes(loaded)}` };
}

const url = process.env.DATABASE_URL;
if (!url) console.log("No DATABASE_URL: on the embedded database, without the floor and without growth.\n");
const results = url ? await onPostgres(url) : await onEmbedded();
stopAsking();
await writeFile("bench/results.json", `${JSON.stringify(results, undefined, 2)}\n`);
console.log(tableOf(results));
