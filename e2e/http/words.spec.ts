import { call, newPerson, newTask } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

// Words in any spelling: search, labels, order.

const TASKS = "/api/me/tasks";

interface Titled {
  items: { title: string; labels: string[] }[];
}

test("a search finds words without regard to case, accents and Unicode form", async ({ server }) => {
  const { token } = await newPerson(server);
  const titles = ["Crème brûlée", "Bjørn", "牛乳を買う", "Call +49 30 <video> &amp; 📞"];
  for (const title of titles) await newTask(server, token, { title });
  const searches = { creme: 0, BJORN: 1, 買う: 2, "📞": 3, "+49 30 <video> &amp;": 3, ["Brûlée".normalize("NFD")]: 0 };
  for (const [q, index] of Object.entries(searches)) {
    const { items }: Titled = await (await call(server, `${TASKS}?${new URLSearchParams({ q })}`, { token })).json();
    expect(
      items.map(({ title }) => title),
      q,
    ).toEqual([titles[index]]);
  }
  const all: Titled = await (await call(server, `${TASKS}?q=`, { token })).json();
  expect(all.items).toHaveLength(titles.length);
});

test("a label has one spelling, in writes, filters and the input line", async ({ server }) => {
  const { token } = await newPerson(server);
  const first = await newTask(server, token, { title: "First", labels: ["Errands"] });
  const second = await newTask(server, token, { title: "Second", labels: ["errands"] });
  expect(second).toMatchObject({ labels: ["Errands"] });
  const same = await call(server, `${TASKS}/${first.id}`, { method: "PATCH", token, json: { labels: ["ERRANDS"] } });
  expect(await same.json()).toMatchObject({ labels: ["Errands"], version: 1 });
  const quick = await call(server, `${TASKS}/quick`, { method: "POST", token, json: { text: "Buy milk #errands", dry_run: true } });
  expect(await quick.json()).toMatchObject({ task: { labels: ["Errands"] } });
  const { items }: Titled = await (await call(server, `${TASKS}?label=eRRands`, { token })).json();
  expect(items).toHaveLength(2);
  const labels = await call(server, "/api/me/labels", { token });
  expect(await labels.json()).toEqual({ items: [{ name: "Errands", open_count: 2 }] });
  const renamed = await call(server, "/api/me/labels/errANDS", { method: "PATCH", token, json: { name: "errands" } });
  expect(await renamed.json()).toEqual({ name: "errands", open_count: 2 });
});

test("the palette's search has the due dates of open tasks only", async ({ server }) => {
  const { token, cookie } = await newPerson(server);
  for (const status of ["open", "done"]) await newTask(server, token, { title: `Rent ${status}`, status, due: { date: "2031-01-13" } });
  const found: { title: string; isDone: boolean; due: string | null }[] = await (
    await call(server, "/find?q=rent", { headers: { Cookie: cookie } })
  ).json();
  expect(found.map(({ title, isDone, due }) => [title, isDone, due])).toEqual([
    ["Rent open", false, "Mon 13 Jan 2031"],
    ["Rent done", true, null],
  ]);
});

test("titles are in alphabetical order, by value where they have numbers", async ({ server }) => {
  const { token } = await newPerson(server);
  const sorted = ["Apfel", "äpfel", "task 9", "task 10", "Zebra"];
  for (const title of sorted.toReversed()) await newTask(server, token, { title });
  const { items }: Titled = await (await call(server, `${TASKS}?sort=title`, { token })).json();
  expect(items.map(({ title }) => title)).toEqual(sorted);
});
