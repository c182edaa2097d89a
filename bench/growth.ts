import { type Asked, ask } from "./asking.ts";
import { type Contestant, start } from "./contestants.ts";
import { addOthers, createDatabase, giveTasks, settle } from "./database.ts";
import { type Effort, median } from "./measure.ts";
import { type Person, QUESTIONS, refresh, search, signUp } from "./people.ts";

const SUBJECTS: Record<string, (person: Person) => Asked[]> = {
  list: (person) => QUESTIONS["API list of 50"]?.(person) ?? [],
  "/today": (person) => QUESTIONS["/today, 50 tasks"]?.(person) ?? [],
  search,
  create: (person) => QUESTIONS["API create"]?.(person) ?? [],
};

export interface Growth {
  /** Milliseconds, by subject: for each size in turn. */
  byTasks: Record<string, number[]>;
  byOthers: Record<string, number[]>;
}

/** How long one request takes, alone, as a user's tasks grow in number, and as other people's do. */
export async function growth(
  url: string,
  env: Record<string, string>,
  sizes: { tasks: number[]; others: number[] },
  effort: Effort,
): Promise<Growth> {
  const databases = [];
  const worlds: { contestant: Contestant; people: Person[] }[] = [];
  for (const [index, others] of sizes.others.entries()) {
    const database = await createDatabase(url, `growth${index}`);
    databases.push(database);
    const contestant = await start("doable", { ...env, DATABASE_URL: database.url });
    // The tasks of one person grow in the larger world; the smaller one is there to be compared with it.
    const tasks = index === sizes.others.length - 1 ? sizes.tasks : sizes.tasks.slice(0, 1);
    const people: Person[] = [];
    for (const count of tasks) people.push(await signUp(contestant.origin, env.BETTER_AUTH_URL ?? "", `grown-${count}`));
    await addOthers(database.url, others / 100);
    for (const [place, person] of people.entries()) await giveTasks(database.url, [person.id], tasks[place] ?? 0);
    await settle(database.url);
    worlds.push({ contestant, people });
  }
  const [small, large] = [worlds[0], worlds.at(-1)];
  if (!small || !large) throw new Error("no sizes");
  const first = (world: typeof small) => ({ contestant: world.contestant, person: world.people[0] as Person });
  const byTasks = await times(
    large.people.map((person) => ({ contestant: large.contestant, person })),
    effort,
  );
  const byOthers = await times([first(small), first(large)], effort);
  for (const { contestant } of worlds) await contestant.stop();
  for (const database of databases) await database.drop();
  return { byTasks, byOthers };
}

async function times(asked: { contestant: Contestant; person: Person }[], { rounds, seconds }: Effort): Promise<Record<string, number[]>> {
  const seen = Object.fromEntries(Object.keys(SUBJECTS).map((name) => [name, asked.map((): number[] => [])]));
  for (let round = 0; round <= rounds; round++) {
    for (const { contestant, person } of asked) await refresh(contestant.origin, person);
    for (const [name, question] of Object.entries(SUBJECTS)) {
      for (const [place, { contestant, person }] of asked.entries()) {
        const { p50 } = await ask({ origin: contestant.origin, people: [question(person)], connections: 1, seconds: seconds / 2 });
        // The first round is for getting warm.
        if (round > 0) seen[name]?.[place]?.push(p50);
      }
    }
  }
  return Object.fromEntries(Object.entries(seen).map(([name, all]) => [name, all.map(median)]));
}
