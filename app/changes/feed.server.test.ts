import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { FeedItem, FeedPage } from "#app/changes/feed.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { cleanUp } from "#app/jobs/cleanup.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

class Copy {
  readonly rows = new Map<string, unknown>();
  token: string | undefined;
  readonly #changes: ReturnType<typeof changesOf>;

  constructor(user: UserRef) {
    this.#changes = changesOf(user);
  }

  async readPage(limit: number): Promise<FeedPage> {
    const page = await this.#changes.read(this.token, limit);
    if (typeof page === "string") throw new Error(`the token was refused: ${page}`);
    for (const item of page.items) this.#apply(item);
    this.token = page.next;
    return page;
  }

  async readAll(limit = 200, between: () => Promise<unknown> = async () => {}): Promise<FeedItem[]> {
    const items: FeedItem[] = [];
    for (;;) {
      const page = await this.readPage(limit);
      items.push(...page.items);
      if (!page.hasMore) return items;
      await between();
    }
  }

  #apply(item: FeedItem): void {
    if (item.op === "delete") this.rows.delete(item.id);
    else this.rows.set(item.id, item.type === "task" ? item.task : withoutCount(item.list));
  }
}

function withoutCount<T extends { openCount: number }>({ openCount: _, ...list }: T) {
  return list;
}

async function everything(user: UserRef): Promise<Map<string, unknown>> {
  const rows = new Map<string, unknown>();
  for (const deleted of [undefined, true as const]) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await tasksOf(user).list({ status: "all", sort: "rank", deleted }, { limit: 200, cursor });
      for (const task of page?.tasks ?? []) rows.set(task.id, task);
      cursor = page?.nextCursor ?? null;
    }
  }
  for (const list of await listsOf(user).list()) rows.set(list.id, withoutCount(list));
  return rows;
}

test("a feed from the start has everything, also the trash, and no deletions", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const task = await make(tasks, { list_id: list.id });
  const trashed = await make(tasks);
  const removed = unwrap(await tasks.remove(trashed.id));
  await tasks.purge((await make(tasks)).id);
  const page = await changesOf(user).read(undefined, 50);
  expect(page).toEqual({
    items: [
      { type: "list", op: "upsert", id: list.id, list: { ...list, openCount: 1 } },
      { type: "task", op: "upsert", id: task.id, task },
      { type: "task", op: "upsert", id: trashed.id, task: removed },
    ],
    next: expect.any(String),
    hasMore: false,
  });
  // The last page may be full.
  expect(await changesOf(user).read(undefined, 3)).toEqual(page);
  expect(await changesOf(user).read(undefined, 2)).toMatchObject({ hasMore: true });
});

test("a feed has each changed row once, as it is now, and is empty after that", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const copy = new Copy(user);
  const [first, second] = [await make(tasks, { title: "First" }), await make(tasks)];
  const list = await makeList(listsOf(user), { name: "Home" });
  await copy.readAll();
  await tasks.update(first.id, { title: "Once" });
  await tasks.update(first.id, { title: "Twice" });
  await tasks.purge(second.id);
  await listsOf(user).remove(list.id);
  const items = await copy.readAll();
  expect(items.map(({ type, op, id }) => [type, op, id])).toEqual([
    ["task", "upsert", first.id],
    ["task", "delete", second.id],
    ["list", "delete", list.id],
  ]);
  expect(items[0]).toMatchObject({ task: { title: "Twice" } });
  const before = copy.token;
  expect(await copy.readAll()).toEqual([]);
  expect(copy.token).toBe(before);
});

test("a user without changes has an empty feed, whose token returns later changes", async () => {
  const user = await createTestUser();
  const copy = new Copy(user);
  expect(await copy.readAll()).toEqual([]);
  expect(await copy.readAll()).toEqual([]);
  const task = await make(tasksOf(user));
  expect(await copy.readAll()).toEqual([{ type: "task", op: "upsert", id: task.id, task }]);
});

test("a feed has no changes of other users, and refuses their tokens", async () => {
  const [owner, stranger] = [await createTestUser(), await createTestUser()];
  await make(tasksOf(owner));
  await makeList(listsOf(owner), { name: "Secret" });
  await tasksOf(owner).purge((await make(tasksOf(owner))).id);
  const [own, theirs] = [new Copy(owner), new Copy(stranger)];
  await own.readAll();
  expect(await theirs.readAll()).toEqual([]);
  expect(await changesOf(stranger).read(own.token, 50)).toBe("malformed");
  expect(await changesOf(owner).read(theirs.token, 50)).toBe("malformed");
});

test("a token signed with another secret asks for a new start, and one that was altered is refused", async () => {
  const user = await createTestUser();
  const copy = new Copy(user);
  await copy.readAll();
  const [payload, signature, signer] = (copy.token ?? "").split(".");
  const forged = "A".repeat(22);
  const read = (token: string) => changesOf(user).read(token, 50);
  for (const token of [`${payload}.${signature}.AAAAAA`, `${payload}.${forged}.AAAAAA`, `${payload}.${forged}`])
    expect(await read(token), token).toBe("resync_required");
  for (const token of [`${payload}.${forged}.${signer}`, `${payload}.${signature}.AAAAA`, `${copy.token}.AAAAAA`, `.${signature}.AAAAAA`])
    expect(await read(token), token).toBe("malformed");
  // As earlier versions issued them.
  expect(await read(`${payload}.${signature}`)).toMatchObject({ items: [], next: copy.token });
});

for (const token of ["", ".", "garbage", "WzAsMCwiIiwwXQ.AAAAAAAAAAAAAAAAAAAAAA"]) {
  test(`the malformed token "${token}" is refused`, async () => {
    expect(await changesOf(await createTestUser()).read(token, 50)).toBe("malformed");
  });
}

test("one change of many rows is complete in pages of any size", async () => {
  const user = await createTestUser();
  const kept: string[] = [];
  await inWriteTransaction(user, async (transaction) => {
    const tasks = tasksOf(user, transaction);
    kept.push((await makeList(listsOf(user, transaction), { name: "Home" })).id);
    for (let made = 0; made < 7; made++) kept.push((await make(tasks, { list_id: kept[0] ?? null })).id);
    for (let made = 0; made < 3; made++) await tasks.purge((await make(tasks)).id);
  });
  for (const limit of [1, 2, 3, 8, 9]) {
    const items = await new Copy(user).readAll(limit);
    expect(items.map(({ id }) => id)).toEqual([kept[0], ...kept.slice(1).toSorted()]);
  }
});

test("a task that was deleted permanently can be restored under its id, and deleted again", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const copy = new Copy(user);
  const { id } = await make(tasks);
  await copy.readAll();
  const { rows } = await sql<{ task: unknown }>`select to_jsonb(task) as task from task where id = ${id}`.execute(db);
  for (let time = 1; time <= 2; time++) {
    await tasks.purge(id);
    await copy.readAll(1);
    expect(copy.rows.has(id)).toBe(false);
    await inWriteTransaction(user, ({ qb, changeNumber }) =>
      sql`
        insert into task (user_id, id, title, rank, change_seq)
        select user_id, id, title, rank, ${changeNumber} from jsonb_populate_record(null::task, ${JSON.stringify(rows[0]?.task)}::jsonb)
      `.execute(qb),
    );
    await copy.readAll(1);
    expect(copy.rows.has(id)).toBe(true);
  }
});

test("a reader's copy is complete whatever changes between its pages", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const change = fc.record({ action: fc.constantFrom("make", "change", "remove", "purge", "restore", "list", "unlist"), at: fc.nat() });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 20 }), fc.integer({ min: 1, max: 4 }), async (changes, limit) => {
      for (let made = 0; made < 3; made++) await make(tasks);
      const copy = new Copy(user);
      const queue = changes.slice();
      const changeSomething = async () => {
        const { action, at } = queue.shift() ?? { action: "", at: 0 };
        const ids = (await db.selectFrom("task").select("id").where("userId", "=", user.id).orderBy("id").execute()).map(({ id }) => id);
        const lists = await listsOf(user).list();
        const [id, list] = [ids[at % ids.length] ?? "", lists[at % lists.length]];
        if (action === "make") await make(tasks, { list_id: list?.id ?? null });
        if (action === "change") await tasks.update(id, { title: randomUUID() });
        if (action === "remove") await tasks.remove(id);
        if (action === "purge") await tasks.purge(id);
        if (action === "restore") await tasks.restore(id);
        if (action === "list") await makeList(listsOf(user), { name: "A list" });
        if (action === "unlist") await listsOf(user).remove(list?.id ?? "", { tasks: at % 2 === 0 ? "inbox" : "trash" });
      };
      await copy.readAll(limit, changeSomething);
      await copy.readAll(limit);
      expect(copy.rows).toEqual(await everything(user));
    }),
    { numRuns: 15 },
  );
});

test("a reader that follows four concurrent writers has a complete copy in the end", { timeout: 90_000 }, async () => {
  const user = await createTestUser();
  const copy = new Copy(user);
  let isWriting = true;
  const write = async (writer: number) => {
    const own: string[] = [];
    for (let change = 0; change < 250; change++) {
      const id = own[(change * 7) % Math.max(1, own.length)] ?? "";
      if (own.length < 5 || change % 5 === 0) own.push((await make(tasksOf(user), { title: `${writer}` })).id);
      else if (change % 5 === 4) await tasksOf(user).purge(own.shift() ?? "");
      else if (change % 5 === 3) await makeList(listsOf(user), { name: `${writer}` });
      else if (change % 11 === 0) await tasksOf(user).remove(id);
      else await tasksOf(user).update(id, { notes: `${change}` });
    }
  };
  const follow = async () => {
    while (isWriting) await copy.readAll(7);
  };
  const following = follow();
  await Promise.all([0, 1, 2, 3].map(write));
  isWriting = false;
  await following;
  await copy.readAll(7);
  expect(copy.rows).toEqual(await everything(user));
});

test("a token is refused once tombstones after it have been deleted, and accepted if it has seen them", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks);
  const [late, current] = [new Copy(user), new Copy(user)];
  await late.readAll();
  await tasks.purge(id);
  await current.readAll();
  await sql`update tombstone set deleted_at = now() - interval '89 days' where id = ${id}`.execute(db);
  await cleanUp();
  expect(await changesOf(user).read(late.token, 50)).toMatchObject({ items: [{ op: "delete", id }] });
  await sql`update tombstone set deleted_at = now() - interval '91 days' where id = ${id}`.execute(db);
  await cleanUp();
  expect(await changesOf(user).read(late.token, 50)).toBe("resync_required");
  expect(await current.readAll()).toEqual([]);
});

test("a feed from the start is never refused because of tombstones deleted before it", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  for (let made = 0; made < 4; made++) await make(tasks);
  const gone = await make(tasks);
  await tasks.purge(gone.id);
  await sql`update tombstone set deleted_at = now() - interval '91 days' where id = ${gone.id}`.execute(db);
  await cleanUp();
  expect(await new Copy(user).readAll(1)).toHaveLength(4);
});

test("the lowest possible id is not skipped at the end of a page", async () => {
  const user = await createTestUser();
  const lowest = "00000000-0000-0000-0000-000000000000";
  await inWriteTransaction(user, async (transaction) => {
    for (const name of ["One", "Two"]) await makeList(listsOf(user, transaction), { name });
    const { id } = await make(tasksOf(user, transaction));
    await transaction.qb.updateTable("task").set({ id: lowest }).where("userId", "=", user.id).where("id", "=", id).execute();
  });
  for (const limit of [1, 2, 3]) expect((await new Copy(user).readAll(limit)).map(({ id }) => id)).toContain(lowest);
});
