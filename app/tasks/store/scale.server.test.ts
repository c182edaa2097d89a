import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction, type WriteTransaction } from "#app/db/writer.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { sideBarOf } from "#app/lists/side-bar.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

/** Enough for the rows of a page and the counts of the side bar, far below all rows. */
const FEW = 600;

/** For searches with too many matches to rank: up to 1,001 matches, ten tasks for each of the page, and the matches if they are far. */
const MOST: Record<string, number> = { "search for the words of most": 2_500, "search for the words of the last": 4_500 };

test("no page of ten thousand tasks reads many more rows than it shows, nor shows more than 200", async () => {
  const user = await createTestUser();
  const list = await makeList(listsOf(user), { name: "Home" });
  const parent = await make(tasksOf(user), { title: "Parent" });
  await fill((await createTestUser()).id, null, 2_000);
  await fill(user.id, list.id, 10_000);
  // Moves new entries into the search index, as autovacuum does: until then it is costly to read.
  await sql`vacuum analyze task`.execute(db);
  await sql`analyze`.execute(db);
  const pages: Record<string, (transaction: WriteTransaction) => Promise<unknown[]>> = {
    "the side bar": async ({ qb }) => (await sideBarOf(user, undefined, qb)).lists,
    today: async (transaction) => {
      const { open, done } = await tasksOf(user, transaction).today();
      return [...open, ...done];
    },
    upcoming: async (transaction) => (await tasksOf(user, transaction).upcoming()).tasks,
    inbox: (transaction) => listed(transaction, { status: "open", topLevelIn: null }),
    "done in the Inbox": (transaction) => listed(transaction, { status: "done", sort: "-updated_at", topLevelIn: null }),
    "a list": (transaction) => listed(transaction, { status: "open", topLevelIn: list.id }),
    "done in a list": (transaction) => listed(transaction, { status: "done", sort: "-updated_at", topLevelIn: list.id }),
    tasks: (transaction) => listed(transaction, { status: "open" }),
    "done tasks": (transaction) => listed(transaction, { status: "done", sort: "-updated_at" }),
    "the first of all": (transaction) => listed(transaction, {}),
    "all by due date": (transaction) => listed(transaction, { sort: "due" }),
    "open by due date": (transaction) => listed(transaction, { status: "open", sort: "due" }),
    "all by due date, last first": (transaction) => listed(transaction, { sort: "-due" }),
    "the latest": (transaction) => listed(transaction, { sort: "-created_at" }),
    trash: (transaction) => listed(transaction, { deleted: true, sort: "-updated_at" }),
    search: async (transaction) => {
      // The plan must suit any user, without knowing this user's share of the table.
      await sql`set local plan_cache_mode = force_generic_plan`.execute(transaction.qb);
      return tasksOf(user, transaction).search("every thousa");
    },
    "search for the words of most": async (transaction) => {
      await sql`set local plan_cache_mode = force_generic_plan`.execute(transaction.qb);
      return tasksOf(user, transaction).search("one of man");
    },
    "search for the words of the last": async (transaction) => {
      // A planner that knows the text expects its matches everywhere in manual order.
      await sql`set local plan_cache_mode = force_custom_plan`.execute(transaction.qb);
      return tasksOf(user, transaction).search("many late");
    },
    task: async (transaction) => [
      await tasksOf(user, transaction).find(parent.id),
      ...(await changesOf(user, transaction).historyOf(parent.id)),
    ],
    subtasks: (transaction) => tasksOf(user, transaction).subtasksOf(parent.id),
  };

  async function listed(transaction: WriteTransaction, filter: Partial<TaskFilter>) {
    return (await tasksOf(user, transaction).list({ ...TaskFilter.parse({}), ...filter }, { limit: 100 }))?.tasks ?? [];
  }

  for (const [name, page] of Object.entries(pages)) {
    const { shown, read } = await inWriteTransaction(user, async (transaction) => {
      // A sequential scan may be as cheap for a table of this size, but the test is whether an index can be used.
      await sql`set local enable_seqscan = off`.execute(transaction.qb);
      const before = await readSoFar(transaction);
      return { shown: (await page(transaction)).length, read: (await readSoFar(transaction)) - before };
    });
    expect(read, `${name} reads too many rows`).toBeLessThan(MOST[name] ?? FEW);
    expect(shown, `${name} shows nothing`).toBeGreaterThan(0);
    expect(shown, `${name} shows too much`).toBeLessThanOrEqual(200);
  }
}, 120_000);

/** Tasks of every kind: some due each day for years, half of them done, a few in the trash, below one parent or with a rare word. */
async function fill(userId: string, listId: string | null, tasks: number): Promise<void> {
  await sql`
    insert into task (user_id, id, title, list_id, parent_id, status, completed_at, due_date, deleted_at, labels, rank, updated_at, change_seq)
    select ${userId}, gen_random_uuid(), case when n % 1000 = 0 then 'Every thousandth' when n > ${tasks * 0.8} then 'One of many, late' else 'One of many' end,
      case when n % 3 = 0 then ${listId}::uuid end,
      case when n % 500 = 1 then (select id from task where user_id = ${userId} and title = 'Parent') end,
      case when n % 2 = 0 then 'done' else 'open' end, case when n % 2 = 0 then now() - n * interval '1 minute' end,
      current_date - 1000 + n / 5, case when n % 100 = 7 then now() end, array['label ' || n % 10],
      'k' || lpad(n::text, 11, '0'), now() - n * interval '1 minute', 1
    from generate_series(1, ${tasks}::int) n
  `.execute(db);
}

/** Rows of the task table that this connection has read since it last reported its statistics. */
async function readSoFar({ qb }: WriteTransaction): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'task'
  `.execute(qb);
  return rows[0]?.read ?? Number.NaN;
}
