import { createDatabase, insertOtherUsers, insertTasks, vacuum } from "./database.ts";
import { type BenchRequest, runLoad } from "./load.ts";
import { type Effort, median } from "./measure.ts";
import { type Server, start } from "./servers.ts";
import { type BenchUser, refresh, SCENARIOS, search, signUp } from "./users.ts";

const GROWTH_SCENARIOS: Record<string, (user: BenchUser) => BenchRequest[]> = {
  list: SCENARIOS["API list of 50"],
  "/today": SCENARIOS["/today, 50 tasks"],
  search,
  create: SCENARIOS["API create"],
};

interface Sizes {
  tasks: number[];
  others: number[];
}

export interface Growth {
  sizes: Sizes;
  /** Milliseconds by scenario, one for each size. */
  byTasks: Record<string, number[]>;
  byOthers: Record<string, number[]>;
}

/** Measures single requests of users with ever more tasks, and beside ever more rows of other users. */
export async function growth(url: string, env: Record<string, string>, sizes: Sizes, effort: Effort): Promise<Growth> {
  await using disposables = new AsyncDisposableStack();
  const databases: { server: Server; users: BenchUser[] }[] = [];
  for (const [index, others] of sizes.others.entries()) {
    console.error(`inserting ${others} tasks of other users`);
    const database = disposables.use(await createDatabase(url, `growth${index}`));
    const server = disposables.use(await start("doable", { ...env, DATABASE_URL: database.url }));
    // Users with more tasks are needed only beside the most rows of others; the other databases serve to compare those.
    const tasks = index === sizes.others.length - 1 ? sizes.tasks : sizes.tasks.slice(0, 1);
    const users: BenchUser[] = [];
    for (const count of tasks) users.push(await signUp(server.origin, env.BETTER_AUTH_URL ?? "", `grown-${count}`));
    await insertOtherUsers(database.url, others / 100);
    for (const [nth, user] of users.entries()) await insertTasks(database.url, [user.id], tasks[nth] ?? 0);
    await vacuum(database.url);
    databases.push({ server, users });
  }
  const [small, large] = [databases[0], databases.at(-1)];
  if (!small || !large) throw new Error("SIZES is empty");
  const first = (entry: typeof small) => ({ server: entry.server, user: entry.users[0] as BenchUser });
  console.error("measuring growth");
  const byTasks = await measureCases(
    large.users.map((user) => ({ server: large.server, user })),
    effort,
  );
  const byOthers = await measureCases([first(small), first(large)], effort);
  return { sizes, byTasks, byOthers };
}

/** Slow enough that requests don't overlap, and that the scenario that creates tasks doesn't turn a few into many. */
const REQUESTS_PER_SECOND = 50;

async function measureCases(cases: { server: Server; user: BenchUser }[], { rounds, seconds }: Effort): Promise<Record<string, number[]>> {
  const samples = Object.fromEntries(Object.keys(GROWTH_SCENARIOS).map((name) => [name, cases.map((): number[] => [])]));
  for (let round = 0; round <= rounds; round++) {
    for (const { server, user } of cases) await refresh(server.origin, user);
    for (const [name, scenario] of Object.entries(GROWTH_SCENARIOS)) {
      for (const [index, { server, user }] of cases.entries()) {
        const { p50 } = await runLoad({
          origin: server.origin,
          users: [scenario(user)],
          connections: 1,
          seconds: seconds / 2,
          rate: REQUESTS_PER_SECOND,
        });
        // The first round warms up.
        if (round > 0) samples[name]?.[index]?.push(p50);
      }
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, all.map(median)]));
}
