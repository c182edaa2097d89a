import { type Asked, ask } from "./asking.ts";
import { type Contestant, start } from "./contestants.ts";
import { addOthers, createDatabase, giveTasks, settle } from "./database.ts";
import { type Effort, median } from "./measure.ts";
import { type Person, QUESTIONS, refresh, search, signUp } from "./people.ts";

const SUBJECTS: Record<string, (person: Person) => Asked[]> = {
  list: QUESTIONS["API list of 50"],
  "/today": QUESTIONS["/today, 50 tasks"],
  search,
  create: QUESTIONS["API create"],
};

interface Sizes {
  tasks: number[];
  others: number[];
}

export interface Growth {
  sizes: Sizes;
  /** Milliseconds, by subject: for each size in turn. */
  byTasks: Record<string, number[]>;
  byOthers: Record<string, number[]>;
}

/** How long one request takes, alone, as a user's tasks grow in number, and as other people's do. */
export async function growth(url: string, env: Record<string, string>, sizes: Sizes, effort: Effort): Promise<Growth> {
  await using world = new AsyncDisposableStack();
  const worlds: { contestant: Contestant; people: Person[] }[] = [];
  for (const [index, others] of sizes.others.entries()) {
    console.error(`filling: ${others} tasks of others`);
    const database = world.use(await createDatabase(url, `growth${index}`));
    const contestant = world.use(await start("doable", { ...env, DATABASE_URL: database.url }));
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
  console.error("asking as tasks grow in number");
  const byTasks = await times(
    large.people.map((person) => ({ contestant: large.contestant, person })),
    effort,
  );
  const byOthers = await times([first(small), first(large)], effort);
  return { sizes, byTasks, byOthers };
}

/** So that each is answered before the next is asked, and that who has few tasks has not many in the end. */
const SELDOM = 50;

async function times(asked: { contestant: Contestant; person: Person }[], { rounds, seconds }: Effort): Promise<Record<string, number[]>> {
  const seen = Object.fromEntries(Object.keys(SUBJECTS).map((name) => [name, asked.map((): number[] => [])]));
  for (let round = 0; round <= rounds; round++) {
    for (const { contestant, person } of asked) await refresh(contestant.origin, person);
    for (const [name, question] of Object.entries(SUBJECTS)) {
      for (const [place, { contestant, person }] of asked.entries()) {
        const { p50 } = await ask({
          origin: contestant.origin,
          people: [question(person)],
          connections: 1,
          seconds: seconds / 2,
          rate: SELDOM,
        });
        // The first round is for getting warm.
        if (round > 0) seen[name]?.[place]?.push(p50);
      }
    }
  }
  return Object.fromEntries(Object.entries(seen).map(([name, all]) => [name, all.map(median)]));
}
