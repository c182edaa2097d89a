import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { requireSame } from "./answers.ts";
import { stopAsking } from "./asking.ts";
import { type Contestant, start } from "./contestants.ts";
import { createDatabase, giveTasks, settle } from "./database.ts";
import { type Growth, growth } from "./growth.ts";
import { type Measured, measure, median } from "./measure.ts";
import type { Usage } from "./meter.ts";
import { catchUp, giveTasksOverApi, type Person, page, QUESTIONS, refresh, signUp } from "./people.ts";
import { tableOf } from "./table.ts";
import { weightOf } from "./weight.ts";

// `npm run bench`, or `npm run bench -- --quick` to see that it works. See README.md beside this file.

export interface Results {
  date: string;
  machine: string;
  rounds: number;
  questions: Record<string, { doable?: Measured; floor?: Measured }>;
  growth?: Growth;
  process: Record<string, string>;
}

const { quick } = parseArgs({ options: { quick: { type: "boolean" } } }).values;
const EFFORT = quick ? { rounds: 1, seconds: 0.2 } : { rounds: 5, seconds: 2 };
const SIZES = quick ? { tasks: [100, 200], others: [100, 200] } : { tasks: [100, 10_000, 100_000], others: [10_000, 2_000_000] };
const PEOPLE = 16;

/** The limits are lifted by their variables; all else is as in production. */
const ENV = {
  BETTER_AUTH_URL: "http://localhost:3000",
  BETTER_AUTH_SECRET: "only-for-the-benchmark-only-for-the-benchmark",
  DATABASE_POOL_MAX: "10",
  TRUST_PROXY: "1",
  API_READS_PER_MINUTE: "100000000",
  API_WRITES_PER_MINUTE: "100000000",
};

async function onPostgres(url: string): Promise<Results> {
  await using database = await createDatabase(url, "floor");
  const env = { ...ENV, DATABASE_URL: database.url };
  const beside = await besideFloor(env);
  const starts = [];
  for (let round = 0; round < EFFORT.rounds; round++) starts.push(await startOnce(env));
  return {
    ...header(),
    questions: beside.questions,
    growth: await growth(url, ENV, SIZES, EFFORT),
    process: { ...beside.process, "start to first answer, on Postgres": `${median(starts).toFixed(0)} ms`, ...(await startEmbedded()) },
  };
}

async function besideFloor(env: typeof ENV & { DATABASE_URL: string }): Promise<Pick<Results, "questions" | "process">> {
  await using doable = await start("doable", env);
  const idle = await doable.usage();
  const [checker, ...people] = await peopleOf(doable);
  await giveTasks(env.DATABASE_URL, idsOf([checker]), 60);
  await giveTasks(env.DATABASE_URL, idsOf(people), 50);
  await settle(env.DATABASE_URL);
  await using floor = await start("floor", env);
  const idleFloor = await floor.usage();
  await check(doable, floor, checker);
  const questions = await compare([doable, floor], people);
  const process = {
    ...(await weigh(doable, checker)),
    "memory of Doable, idle and after load": memory(idle, await doable.usage()),
    "memory of the floor, idle and after load": memory(idleFloor, await floor.usage()),
  };
  return { questions, process };
}

/** Doable alone: the floor speaks to a Postgres, and so does what makes tasks by the hundred thousand. */
async function onEmbedded(): Promise<Results> {
  await using folder = await newFolder();
  await using doable = await start("doable", { ...ENV, DATA_DIR: folder.path });
  const idle = await doable.usage();
  const [first, ...others] = await peopleOf(doable);
  for (const person of others) await giveTasksOverApi(doable.origin, person);
  const questions = await compare([doable], others);
  const process = { ...(await weigh(doable, first)), "memory, idle and after load": memory(idle, await doable.usage()) };
  return { ...header(), questions, process: { ...process, ...(await startEmbedded()) } };
}

/** One for each connection, and one more: one whose answers are compared, which makes tasks and changes them. */
async function peopleOf(doable: Contestant): Promise<[Person, ...Person[]]> {
  const signedUp = (index: number) => signUp(doable.origin, ENV.BETTER_AUTH_URL, `person-${index}`);
  const people: [Person, ...Person[]] = [await signedUp(0)];
  while (people.length <= PEOPLE) people.push(await signedUp(people.length));
  return people;
}

function idsOf(people: Person[]): string[] {
  return people.map(({ id }) => id);
}

async function check(doable: Contestant, floor: Contestant, person: Person): Promise<void> {
  console.error("comparing answers");
  await refresh(doable.origin, person);
  await catchUp(doable.origin, person);
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const [asked] = question(person);
    if (asked) await requireSame(doable, floor, name, asked);
  }
}

async function compare(all: [Contestant, ...Contestant[]], people: Person[]): Promise<Results["questions"]> {
  const [{ origin }] = all;
  const questions: Results["questions"] = {};
  for (const [name, question] of Object.entries(QUESTIONS)) {
    console.error(`asking: ${name}`);
    for (const person of people) {
      await refresh(origin, person);
      await catchUp(origin, person);
    }
    questions[name] = await measure(all, people.map(question), EFFORT);
  }
  return questions;
}

async function weigh({ origin }: Contestant, { cookie }: Person): Promise<Record<string, string>> {
  const { scripts, styles } = await weightOf(origin, page("/today", cookie));
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return { "scripts and style sheets on /today, in Brotli": `${kilobytes(scripts)} and ${kilobytes(styles)}` };
}

async function startOnce(env: Record<string, string>): Promise<number> {
  await using contestant = await start("doable", env);
  return contestant.startedIn;
}

/** For the first time, and again on a folder that is there already. */
async function startEmbedded(): Promise<Record<string, string>> {
  await using folder = await newFolder();
  const times = [];
  for (let round = 0; round <= EFFORT.rounds; round++) times.push(await startOnce({ ...ENV, DATA_DIR: folder.path }));
  const [first = 0, ...again] = times;
  return { "start to first answer, embedded, at first and again": `${first.toFixed(0)} ms and ${median(again).toFixed(0)} ms` };
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
if (!url) console.log("No DATABASE_URL: on the embedded database, without the floor and without growth.\n");
const results = url ? await onPostgres(url) : await onEmbedded();
stopAsking();
await writeFile("bench/results.json", `${JSON.stringify(results, undefined, 2)}\n`);
console.log(tableOf(results));
