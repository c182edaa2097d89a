import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { accessKeyId, call, makeAccessKey, newPerson, newTask, submit, tokenFor } from "../support/api.ts";
import { startFatalProxy } from "../support/fatal-proxy.ts";
import { skipWithout } from "../support/programs.ts";
import { type DoableServer, startServer } from "../support/server.ts";
import { test as base, expect } from "../support/test.ts";

interface SyncFile {
  tasks: { id?: string; title: string; [field: string]: unknown }[];
}

/** A new folder, and a server whose rate limits are out of the way. */
const test = base.extend<{ folder: string }, { server: DoableServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const server = await startServer({ API_READS_PER_MINUTE: "100000", API_WRITES_PER_MINUTE: "100000" });
      await use(server);
      await server.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "doable-example-"));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

type Child = ChildProcessByStdio<null, Readable, Readable>;

function begin(program: string, args: string[], url: string, key: string, more: Record<string, string> = {}): Child {
  const env = { PATH: process.env.PATH ?? "", DOABLE_URL: url, DOABLE_KEY: key, ...more };
  return spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
}

async function finish(child: Child): Promise<{ code: number | null; output: string; errors: string }> {
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, output, errors };
}

function sync(url: string, key: string, path: string): Child {
  return begin(process.execPath, ["examples/sync.ts", path], url, key);
}

async function synced(url: string, key: string, path: string): Promise<SyncFile> {
  const { code, errors } = await finish(sync(url, key, path));
  expect(errors).toBe("");
  expect(code).toBe(0);
  return JSON.parse(await readFile(path, "utf8"));
}

async function edit(path: string, change: (file: SyncFile) => void): Promise<void> {
  const file: SyncFile = JSON.parse(await readFile(path, "utf8"));
  change(file);
  await writeFile(path, JSON.stringify(file));
}

async function there(server: DoableServer, token: string): Promise<string[]> {
  const answer = await call(server, "/api/me/tasks?limit=200", { token });
  return (await answer.json()).items.map(({ title, status }: { title: string; status: string }) => `${title} ${status}`).sort();
}

function here({ tasks }: SyncFile): string[] {
  return tasks.map(({ title, status }) => `${title} ${status}`).sort();
}

test("sync.ts copies additions, changes and deletions in both directions", async ({ server, folder }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Sync", ["tasks:write"]);
  const path = join(folder, "tasks.json");
  const theirs = await newTask(server, person.token, { title: "There", notes: "n" });
  const gone = await newTask(server, person.token, { title: "Gone there" });
  await newTask(server, person.token, { title: "Gone here" });
  await writeFile(path, JSON.stringify({ tasks: [{ title: "Here", due: { date: "2026-12-01" } }] }));
  expect(here(await synced(server.url, key, path))).toEqual(["Gone here open", "Gone there open", "Here open", "There open"]);

  await call(server, `/api/me/tasks/${theirs.id}`, { method: "PATCH", token: person.token, json: { notes: "Changed there" } });
  await call(server, `/api/me/tasks/${gone.id}`, { method: "DELETE", token: person.token });
  await edit(path, (file) => {
    file.tasks = file.tasks.filter(({ title }) => title !== "Gone here");
    for (const task of file.tasks) if (task.title === "There") task.title = "Changed here";
    for (const task of file.tasks) if (task.title === "Here") task.status = "done";
    file.tasks.push({ title: "New" });
  });
  const file = await synced(server.url, key, path);
  expect(here(file)).toEqual(["Changed here open", "Here done", "New open"]);
  expect(await there(server, person.token)).toEqual(here(file));
  expect(file.tasks.find(({ id }) => id === theirs.id)).toMatchObject({ title: "Changed here", notes: "Changed there" });
});

test("sync.ts keeps a task that was deleted locally and changed on the server", async ({ server, folder }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Sync", ["tasks:write"]);
  const path = join(folder, "tasks.json");
  const task = await newTask(server, person.token, { title: "Wanted" });
  await synced(server.url, key, path);
  await edit(path, (file) => {
    file.tasks = [];
  });
  await call(server, `/api/me/tasks/${task.id}`, { method: "PATCH", token: person.token, json: { title: "Still wanted" } });
  expect(here(await synced(server.url, key, path))).toEqual(["Still wanted open"]);
});

test("sync.ts loses and duplicates nothing when killed before or after any request", async ({ server, folder }) => {
  test.setTimeout(180_000);
  const person = await newPerson(server);
  const path = join(folder, "tasks.json");
  const proxy = await startFatalProxy(server.url);
  await newTask(server, person.token, { title: "There" });
  const first = await makeAccessKey(server, person, "Sync", ["tasks:write"]);
  await writeFile(path, JSON.stringify({ tasks: [{ title: "Changed" }, { title: "Removed" }] }));
  await synced(server.url, first, path);
  const expected = new Set(["Changed open", "Removed open", "There open"]);
  let kills = 0;
  for (const when of ["before", "after"] as const) {
    for (let at = 1; ; at++) {
      // Each round adds, changes and deletes something.
      await edit(path, (file) => {
        for (const task of file.tasks) if (task.title === "Changed") task.notes = `${when} ${at}`;
        const [removed] = file.tasks.filter(({ id, title }) => id && /^(Removed|Also)/.test(title));
        file.tasks = file.tasks.filter((task) => task !== removed);
        if (removed) expected.delete(`${removed.title} open`);
        file.tasks.push({ title: `New ${when} ${at}` });
      });
      expected.add(`New ${when} ${at} open`);
      const key = await makeAccessKey(server, person, "Sync", ["tasks:write"]);
      const child = sync(proxy.url, key, path);
      proxy.arm(at, when, () => child.kill("SIGKILL"));
      await finish(child);
      if (child.signalCode !== "SIGKILL") break;
      kills += 1;
      await newTask(server, person.token, { title: `Also there ${when} ${at}` });
      expected.add(`Also there ${when} ${at} open`);
    }
  }
  await proxy.close();
  expect(kills).toBeGreaterThan(6);
  const last = await makeAccessKey(server, person, "Sync", ["tasks:write"]);
  const file = await synced(server.url, last, path);
  expect(here(file)).toEqual([...expected].sort());
  expect(await there(server, person.token)).toEqual([...expected].sort());
  expect(file.tasks.find(({ title }) => title === "Changed")?.notes).toMatch(/^after \d+$/);
});

test("sync.ts reports what the server rejects, and overwrites nothing", async ({ server, folder }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Sync", ["tasks:write"]);
  const path = join(folder, "tasks.json");
  await writeFile(path, JSON.stringify({ tasks: [{ title: "Fine" }, { title: "Wrong", priority: 9 }] }));
  const { code, errors } = await finish(sync(server.url, key, path));
  expect(code).toBe(1);
  expect(errors).toContain("/priority");
  expect(JSON.parse(await readFile(path, "utf8")).tasks).toMatchObject([{ title: "Fine", id: expect.any(String) }, { title: "Wrong" }]);
  expect((await finish(sync(server.url, "doable_none", path))).errors).toContain("The key was not accepted (401)");
});

test("add.sh adds a task with a key of the scope tasks:create", async ({ server }) => {
  skipWithout("curl", "jq");
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Hook", ["tasks:create"]);
  const title = `It's "quoted", $HOME \`x\` é`;
  const added = await finish(begin("examples/add.sh", [title, "2026-12-01"], server.url, key));
  expect(added).toMatchObject({ code: 0, errors: "" });
  const page = await (await call(server, "/api/me/tasks", { token: person.token })).json();
  expect(page.items).toMatchObject([{ title, due: { date: "2026-12-01" }, url: added.output.trim() }]);
  expect((await finish(begin("examples/add.sh", ["Milk", "soon"], server.url, key))).errors).toContain("/due/date");
  expect((await finish(begin("examples/add.sh", ["Milk"], server.url, "doable_none"))).code).not.toBe(0);
});

test("add.sh keeps its token while it lasts, and gets another one when it is refused", async ({ server, folder }) => {
  skipWithout("curl", "jq");
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Hook", ["tasks:create"]);
  const add = (title: string, XDG_CACHE_HOME = folder) => finish(begin("examples/add.sh", [title], server.url, key, { XDG_CACHE_HOME }));
  expect(await add("one")).toMatchObject({ code: 0, errors: "" });
  const cache = join(folder, "doable");
  const [name = ""] = await readdir(cache);
  const kept = await readFile(join(cache, name), "utf8");
  expect(((await stat(join(cache, name))).mode & 0o777).toString(8)).toBe("600");
  expect(await add("two")).toMatchObject({ code: 0, errors: "" });
  expect(await readFile(join(cache, name), "utf8")).toBe(kept);
  const [until = ""] = kept.split(" ");
  await writeFile(join(cache, name), `${until} no.such.token\n`);
  expect(await add("three")).toMatchObject({ code: 0, errors: "" });
  await writeFile(join(cache, name), `1 ${kept.split(" ")[1]}`);
  expect(await add("four")).toMatchObject({ code: 0, errors: "" });
  expect(await readdir(cache)).toEqual([name]);
  expect(await add("five", "/proc/nowhere")).toMatchObject({ code: 0, errors: "" });
  const id = await accessKeyId(server, person);
  const fields: [string, string][] = [
    ["intent", "revoke"],
    ["id", id],
  ];
  await submit(server, "/settings/access-keys", fields, { Cookie: person.cookie });
  expect(await add("six")).toMatchObject({ code: 0, errors: "" });
  expect((await add("seven", "/proc/nowhere")).code).not.toBe(0);
  const { items } = await (await call(server, "/api/me/tasks", { token: person.token })).json();
  expect(items.map(({ title }: { title: string }) => title)).toEqual(["one", "two", "three", "four", "five", "six"]);
});

test("weekly-report.py lists completed, overdue and upcoming tasks", async ({ server }) => {
  skipWithout("python3");
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Report", ["tasks:read"]);
  const today = Temporal.Now.plainDateISO("UTC");
  const due = (days: number) => ({ date: today.add({ days }).toString() });
  await newTask(server, person.token, { title: "Call Zoë", status: "done" });
  await newTask(server, person.token, { title: "Send the lease", due: due(-3) });
  await newTask(server, person.token, { title: "Pay rent", due: due(3) });
  await newTask(server, person.token, { title: "Far away", due: due(12) });
  const archive = { version: 1, tasks: [{ title: "Done long ago", status: "done", completed_at: "2020-01-01T00:00:00Z" }] };
  expect(
    (
      await call(server, "/api/me/import", {
        token: await tokenFor(server, await makeAccessKey(server, person, "Import", ["tasks:write"])),
        json: archive,
      })
    ).status,
  ).toBe(200);
  const { code, output, errors } = await finish(begin("python3", ["examples/weekly-report.py"], server.url, key));
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(
    output
      .split("\n## ")
      .map((part) => part.split("\n").filter((line) => line !== ""))
      .slice(1),
  ).toEqual([
    ["Done (1)", expect.stringContaining("- Call Zoë (")],
    ["Late (1)", `- Send the lease (was due ${due(-3).date})`],
    ["Next (1)", `- Pay rent (due ${due(3).date})`],
  ]);
});
