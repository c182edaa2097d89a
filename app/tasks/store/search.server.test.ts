import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("every part of a filter narrows a search, on pages and in the API, and so do all of them together", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const fields = { title: "Pay rent", list_id: list.id, labels: ["home", "money"], priority: 2, due: { date: "2020-01-02" } };
  const { id } = await make(tasks, fields);
  const parts: [part: Partial<TaskFilter>, otherwise: object][] = [
    [{ list_id: list.id }, { list_id: null }],
    [{ label: ["home", "money"] }, { labels: ["home"] }],
    [{ min_priority: 2 }, { priority: 1 }],
    [{ due_from: "2020-01-02" }, { due: { date: "2020-01-01" } }],
    [{ due_to: "2020-01-02" }, { due: { date: "2020-01-03" } }],
    [{ view: "overdue" }, { due: null }],
    [{ q: "rent" }, { title: "Pay" }],
  ];
  for (const [, otherwise] of parts) await make(tasks, { ...fields, ...otherwise });
  const { task: done } = unwrap(await tasks.complete((await make(tasks, fields)).id));
  const all = Object.assign({}, ...parts.map(([part]) => part));
  expect((await tasks.search("rent", { ...all, status: "open" })).map((task) => task.id)).toEqual([id]);
  for (const part of [...parts.map(([part]) => part), { status: "done" } as const]) {
    const filter = { ...TaskFilter.parse({}), q: "rent", ...part };
    const listed = (await tasks.list(filter, { limit: 50 }))?.tasks ?? [];
    const found = await tasks.search("rent", filter);
    expect(found.map((task) => task.id).sort(), JSON.stringify(part)).toEqual(listed.map((task) => task.id).sort());
  }
  expect((await tasks.search("rent", { status: "done" })).map((task) => task.id)).toEqual([done.id]);
});

test("the best match comes first, then open tasks, then those in manual order, on every page", async () => {
  const tasks = tasksOf(await createTestUser());
  const [inNotes, inTitle, done, other, inBoth] = [
    await make(tasks, { title: "Call the bank", notes: "rent" }),
    await make(tasks, { title: "rent" }),
    await make(tasks, { title: "rent", status: "done" }),
    await make(tasks, { title: "rent" }),
    await make(tasks, { title: "rent", labels: ["rent"] }),
  ];
  await tasks.move(other.id, { position: "first" });
  const expected = [inBoth, other, inTitle, done, inNotes].map(({ id }) => id);
  const found: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await tasks.list({ status: "all", q: "rent" }, { limit: 2, cursor });
    found.push(...(page?.tasks ?? []).map(({ id }) => id));
    cursor = page?.nextCursor ?? null;
  }
  expect(found).toEqual(expected);
  expect((await tasks.search("rent")).map(({ id }) => id)).toEqual(expected);
});

test("words that more than 1,000 tasks have are found in manual order, also when more pages are read meanwhile", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const best = await make(tasks, { title: "word word", labels: ["word"] });
  await sql`
    insert into task (user_id, id, title, rank, change_seq)
    select ${user.id}, gen_random_uuid(), 'word ' || n, 'b' || lpad(n::text, 11, '0'), 1 from generate_series(1, 999) n
  `.execute(db);
  expect((await tasks.list({ status: "all", q: "word" }, { limit: 1 }))?.tasks).toEqual([best]);
  await make(tasks, { title: "word" });
  const titles: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await tasks.list({ status: "all", q: "word" }, { limit: 200, cursor });
    titles.push(...(page?.tasks ?? []).map(({ title }) => title));
    cursor = page?.nextCursor ?? null;
    if (titles.length === 200) await tasks.purge(best.id);
  }
  expect(titles).toEqual([...Array.from({ length: 999 }, (_, index) => `word ${index + 1}`), "word"]);
});

test("a search in any other order finds the same tasks in that order, whether many of the next ones match or few", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  // The first 30 match, and then every 25th.
  await sql`
    insert into task (user_id, id, title, status, completed_at, priority, due_date, rank, created_at, updated_at, change_seq)
    select ${user.id}, gen_random_uuid(), case when n <= 30 or n % 25 = 0 then 'word' else 'other' end || n,
      case when n % 3 = 0 then 'done' else 'open' end, case when n % 3 = 0 then now() end, n % 4, case when n % 5 > 0 then date '2026-01-01' + n / 5 end,
      'b' || lpad(n::text, 11, '0'), now() + n * interval '1 minute', now() + n * interval '1 minute', 1
    from generate_series(1, 200) n
  `.execute(db);
  const sorts = ["rank", "created_at", "-updated_at", "priority", "due", "-due"] as const;
  for (const status of ["all", "open"] as const)
    for (const sort of sorts) {
      const all = (await tasks.list({ status, sort }, { limit: 200 }))?.tasks ?? [];
      const found: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await tasks.list({ status, sort, q: "word" }, { limit: 4, cursor });
        found.push(...(page?.tasks ?? []).map(({ title }) => title));
        cursor = page?.nextCursor ?? null;
      }
      const expected = all.map(({ title }) => title).filter((title) => title.startsWith("word"));
      expect(found, `${status} by ${sort}`).toEqual(expected);
    }
});

test("the last word of a search may be the beginning of a word, the ones before it may not", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { title: "Repair the bicycle", labels: ["garage"], notes: "Ask Robin" });
  for (const text of ["bicycle", "bicy", "repair bicy", "bicycle gar", "garage rob", "BICY"])
    expect(
      (await tasks.search(text)).map((task) => task.id),
      text,
    ).toEqual([id]);
  for (const text of ["cycle", "bicy repair", "bicycles"]) expect(await tasks.search(text), text).toEqual([]);
});

test("the labels to choose from are those of open tasks, each once, sorted", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { labels: ["errand", "Car"] });
  await make(tasks, { labels: ["errand"], parent_id: parent.id });
  const done = await make(tasks, { labels: ["done"] });
  await tasks.complete(done.id);
  const { relations, labels } = await tasks.relationsAndLabels([parent]);
  expect(labels).toEqual(["Car", "errand"]);
  expect(relations).toEqual(await tasks.relations([parent]));
});

const FORMS = ["NFC", "NFD", "NFKC", "NFKD"] as const;

async function finds(text: string, query: string): Promise<boolean> {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { title: "Other", notes: text });
  return (await tasks.search(query)).some((task) => task.id === id);
}

test.each([
  ["Call +49 30 1234", "Call +49 30 1234"],
  ["Watch the <video> at 8", "Watch the <video> at 8"],
  ["Q&amp;A", "Q&amp;A"],
  ["Crème brûlée", "creme"],
  ["Bjørn", "bjorn"],
  ["Łódź", "lodz"],
  ["Straße", "STRASSE"],
  ["ΟΔΟΣ", "οδοσ"],
  ["İstanbul", "istanbul"],
  ["牛乳を買う", "買う"],
  ["牛乳を買う", "乳"],
  ["牛乳を買う", "う"],
  ["팀회의록", "회의"],
  ["Call Mum 📞", "📞"],
  ["Party👍🏽now", "👍"],
  ["Party👍🏽now", "now"],
  ["20℃", "℃"],
  ["ｆｕｌｌ　ｗｉｄｔｈ", "width"],
  ["ﬁsh", "fish"],
  ["ｶﾞｽ代", "ガス"],
  ["iPhone12を買う", "iphone12"],
  ["user@example.com", "example"],
  ["a/b-c_d.e", "d"],
  ["unfinished", "unfin"],
  ["x™y", "y"],
])("%s is found by %s", async (text, query) => {
  expect(await finds(text, query)).toBe(true);
});

test.each([
  ["unfinished", "finished"],
  ["Crème brûlée", "brul creme"],
  ["牛乳を買う", "買乳"],
  ["Call +49 30", "+"],
  ["Apples", "pears"],
])("%s is not found by %s", async (text, query) => {
  expect(await finds(text, query)).toBe(false);
});

/** Characters may be newer than the Unicode version of the database. */
async function isKnown(text: string): Promise<boolean> {
  const { rows } = await sql<{ isSame: boolean }>`select normalize(${text}::text, nfkc) = ${text.normalize("NFKC")} as is_same`.execute(db);
  return rows[0]?.isSame === true;
}

test("every run of letters or digits of a text finds it, in every normal form, the last one unfinished too", async () => {
  const part = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom("Crème", "+49 30", "<video>", "牛乳を買う", "हिन्दी", "👩‍👩‍👧", "x™y", "½", "ǅ", "ŉ", "ﷺ", "㎏", "'\\"),
  );
  const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join("").replaceAll("\0", "").toWellFormed());
  const user = await createTestUser();
  const tasks = tasksOf(user);
  await fc.assert(
    fc.asyncProperty(text, fc.nat(), fc.constantFrom(...FORMS), fc.constantFrom(...FORMS), async (text, at, stored, typed) => {
      const notes = text.normalize(stored);
      const runs = notes.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
      const run = runs[at % runs.length];
      // Some Arabic letters, such as U+FC5E, are only a space and marks in NFKC, by which search compares.
      fc.pre(run !== undefined && /[\p{L}\p{N}]/u.test(run.normalize("NFKC")));
      const query = (run ?? "").normalize(typed);
      fc.pre((await isKnown(notes)) && (await isKnown(query)));
      const { id } = await make(tasks, { notes });
      expect((await tasks.search(query)).map((task) => task.id)).toContain(id);
      unwrap(await tasks.purge(id));
    }),
    { numRuns: 300 },
  );
}, 120_000);

test("a whole title finds its task", async () => {
  const tasks = tasksOf(await createTestUser());
  const title = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).map((text) => `a ${text.replaceAll("\0", "").trim()}`);
  await fc.assert(
    fc.asyncProperty(title, async (title) => {
      const { id } = await make(tasks, { title });
      expect((await tasks.search(title)).map((task) => task.id)).toContain(id);
      unwrap(await tasks.purge(id));
    }),
    { numRuns: 100 },
  );
}, 120_000);

test("notes of the greatest length are indexed, whatever they consist of", async () => {
  const tasks = tasksOf(await createTestUser());
  const texts = ["x".repeat(20_000), "é ".repeat(10_000), "😀".repeat(20_000), "字".repeat(20_000), "𠮷野家".repeat(6_000)];
  for (const notes of texts) {
    const { id } = await make(tasks, { notes });
    expect((await tasks.search([...notes].slice(0, 120).join(""))).map((task) => task.id)).toContain(id);
    unwrap(await tasks.purge(id));
  }
}, 60_000);

test("lists are found by their names, in alphabetical order", async () => {
  const lists = listsOf(await createTestUser());
  for (const name of ["Week 10", "Week 9", "Crème", "Work"]) await makeList(lists, { name });
  expect((await lists.search("week")).map(({ name }) => name)).toEqual(["Week 9", "Week 10"]);
  expect((await lists.search("creme")).map(({ name }) => name)).toEqual(["Crème"]);
  expect(await lists.search("ork")).toEqual([]);
});

test("an empty q is no search", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks);
  for (const q of ["", "  "]) {
    const page = await tasks.list(TaskFilter.parse({ q }), { limit: 10 });
    expect(page?.tasks.map((task) => task.id)).toEqual([id]);
  }
});

test("titles are in alphabetical order, by value where they have numbers", async () => {
  const tasks = tasksOf(await createTestUser());
  const sorted = ["apfel", "Apfel", "äpfel", "Äpfel", "task 9", "Task 9", "task 10", "Zebra"];
  for (const title of sorted.toReversed()) await make(tasks, { title });
  const titles: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await tasks.list(TaskFilter.parse({ sort: "title" }), { limit: 3, cursor });
    titles.push(...(page?.tasks.map(({ title }) => title) ?? []));
    if (!page?.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(titles).toEqual(sorted);
});
