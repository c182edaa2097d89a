import { readdir, readlink } from "node:fs/promises";
import { call, makeAccessKey, newPerson, newTask, pointersOf, problemOf, tokenFor } from "../support/api.ts";
import { send } from "../support/raw.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const CSV = { "Content-Type": "text/csv" };
const MEBIBYTE = 1024 * 1024;

async function exported(server: DoableServer, token: string, format = "json"): Promise<string> {
  const answer = await call(server, `/api/me/export?format=${format}`, { token });
  expect(answer.status).toBe(200);
  return answer.text();
}

async function taken(
  server: DoableServer,
  token: string,
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string> = { "Content-Type": "application/json" },
) {
  const answer = await call(server, "/api/me/import", { token, body, headers });
  expect(answer.status).toBe(200);
  return answer.json();
}

/** Creates a task of each kind; returns the parent's id. */
async function fill(server: DoableServer, token: string): Promise<string> {
  const due = { date: "2026-12-01", time: "09:00", timezone: "Asia/Tokyo" };
  const recurrence = { rrule: "FREQ=MONTHLY", anchor: "due" };
  const parent = await newTask(server, token, {
    title: '=Pay "rent",\nthen rest',
    due,
    recurrence,
    labels: ["home", "é"],
    external_id: "rent-1",
  });
  await newTask(server, token, { title: "Find the letter", parent_id: parent.id, status: "done" });
  const trashed = await newTask(server, token);
  await call(server, `/api/me/tasks/${trashed.id}`, { method: "DELETE", token });
  return parent.id;
}

test("previews of a pending import are rate-limited", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const headers = { Cookie: cookie };
  const body = new FormData();
  body.append("file", new File(["title\nMilk\n"], "tasks.csv"));
  const held = await call(server, "/settings/data", { body, headers });
  expect(held.headers.get("Location")).toBe("/settings/data/import");
  // Reading it the first time counted too.
  for (let time = 1; time < 30; time++) expect((await call(server, "/settings/data/import", { headers })).status).toBe(200);
  const refused = await call(server, "/settings/data/import", { headers });
  expect(refused.status).toBe(429);
  expect(await refused.text()).toContain("That was too often");
});

test("an export is one file, named by its day", async ({ server }) => {
  const { token } = await newPerson(server);
  const id = await fill(server, token);
  const answer = await call(server, "/api/me/export", { token });
  expect(answer.headers.get("Content-Type")).toBe("application/json");
  expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="doable-\d{4}-\d{2}-\d{2}\.json"$/);
  const archive = await answer.json();
  expect(archive).toMatchObject({ version: 1, lists: [] });
  expect(archive.tasks).toHaveLength(3);
  const task = await (await call(server, `/api/me/tasks/${id}`, { token })).json();
  const { version: _version, url: _url, ...lasting } = task;
  expect(archive.tasks).toContainEqual({ ...lasting, occurrence_date: null, previous_id: null });
});

test("a CSV export has a row for each task, and contains no formulas", async ({ server }) => {
  const { token } = await newPerson(server);
  await fill(server, token);
  const answer = await call(server, "/api/me/export?format=csv", { token });
  expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8; header=present");
  expect(answer.headers.get("Content-Disposition")).toMatch(/\.csv"$/);
  expect(await answer.text()).toContain(`"'=Pay ""rent"",\nthen rest"`);
});

test("a HEAD has the headers of the download", async ({ server }) => {
  const { token } = await newPerson(server);
  const answer = await call(server, "/api/me/export?format=csv", { method: "HEAD", token });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Disposition")).toMatch(/\.csv"$/);
});

for (const format of ["json", "csv"]) {
  test(`exporting, deleting and importing restores everything (${format})`, async ({ server }) => {
    const { token } = await newPerson(server);
    const parent = await fill(server, token);
    const before = await exported(server, token, format);
    const whole = await exported(server, token);
    await call(server, `/api/me/tasks/${parent}`, { method: "DELETE", token });
    const other = await newPerson(server);
    const type = { "Content-Type": format === "csv" ? "text/csv" : "application/json" };
    expect(await taken(server, other.token, before, type)).toEqual({
      dry_run: false,
      lists: { created: 0, skipped: 0 },
      tasks: { created: 3, skipped: 0 },
    });
    expect(await exported(server, other.token, format)).toBe(before);
    expect(await exported(server, other.token)).toBe(whole);
  });
}

test("a dry run reports what would be created, and creates nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const csv = "title,list\nMilk,Home\nBread,Home\n";
  const answer = await call(server, "/api/me/import?dry_run=true", { token, body: csv, headers: CSV });
  expect(await answer.json()).toEqual({ dry_run: true, lists: { created: 1, skipped: 0 }, tasks: { created: 2, skipped: 0 } });
  expect(JSON.parse(await exported(server, token))).toMatchObject({ lists: [], tasks: [] });
  expect(await taken(server, token, csv, CSV)).toMatchObject({ dry_run: false, tasks: { created: 2 } });
  expect(await taken(server, token, csv, CSV)).toMatchObject({ lists: { created: 0, skipped: 1 }, tasks: { created: 0, skipped: 2 } });
});

test("a CSV that a spreadsheet has saved again is the same tasks, in UTF-8 and UTF-16", async ({ server }) => {
  const { token } = await newPerson(server);
  await newTask(server, token, { title: "Pay rent", due: { date: "2026-12-13", time: "09:00" }, external_id: "007" });
  const csv = await (await call(server, "/api/me/export?format=csv", { token })).text();
  expect(csv).toContain(",'007,");
  const [header = "", row = ""] = csv.replace("2026-12-13,09:00", "12/13/2026,9:00:00 AM").split("\r\n");
  const saved = `sep=,\r\n${header.replaceAll("_", " ").toUpperCase()},,\r\n${row},,\r\n`;
  const owner = await newPerson(server);
  for (const body of [Buffer.from(saved), Buffer.from(`\ufeff${saved}`, "utf16le")]) {
    expect(await taken(server, token, body, CSV)).toMatchObject({ tasks: { created: 0, skipped: 1 } });
    await taken(server, owner.token, body, CSV);
  }
  expect(JSON.parse(await exported(server, owner.token))).toEqual(JSON.parse(await exported(server, token)));
  const unclear = await call(server, "/api/me/import", { token, body: "title,due_date\nMilk,01/12/2026\n", headers: CSV });
  expect(pointersOf(await problemOf(unclear, 422, "invalid_fields"))).toEqual(["#cell=2,2"]);
});

test("with an Idempotency-Key a file is imported once, and its response replayed", async ({ server }) => {
  const { token } = await newPerson(server);
  const headers = { ...CSV, "Idempotency-Key": crypto.randomUUID() };
  const post = (query = "") => call(server, `/api/me/import${query}`, { token, body: "title\nMilk\n", headers });
  const first = await post();
  expect(await first.json()).toMatchObject({ tasks: { created: 1, skipped: 0 } });
  const again = await post();
  expect(again.headers.get("Idempotency-Replayed")).toBe("true");
  expect(await again.json()).toMatchObject({ tasks: { created: 1, skipped: 0 } });
  await problemOf(await post("?dry_run=true"), 422, "idempotency_key_reused");
  headers["Idempotency-Key"] = crypto.randomUUID();
  expect(await (await post("?dry_run=true")).json()).toMatchObject({ dry_run: true, tasks: { created: 0, skipped: 1 } });
  expect(JSON.parse(await exported(server, token)).tasks).toHaveLength(1);
});

test("every problem of a file is reported at once, and nothing is imported", async ({ server }) => {
  const { token } = await newPerson(server);
  const json = { version: 1, tasks: [{ title: "Fine" }, { title: "" }, { title: "x", priority: 9, colour: "red" }] };
  for (const query of ["", "?dry_run=true"]) {
    const refused = await problemOf(await call(server, `/api/me/import${query}`, { token, json }), 422, "invalid_fields");
    expect(pointersOf(refused)).toEqual(["/tasks/1/title", "/tasks/2/colour", "/tasks/2/priority"]);
    const table = await call(server, `/api/me/import${query}`, { token, body: "title,priority\nMilk,9\n,1\n", headers: CSV });
    expect(pointersOf(await problemOf(table, 422, "invalid_fields"))).toEqual(["#cell=2,2", "#cell=3,1"]);
  }
  expect(JSON.parse(await exported(server, token)).tasks).toEqual([]);
});

test("a body that is no archive is rejected with the reason", async ({ server }) => {
  const { token } = await newPerson(server);
  const post = (body: string | Buffer<ArrayBuffer>, type: string) =>
    call(server, "/api/me/import", { token, body, headers: { "Content-Type": type } });
  await problemOf(await post("{", "application/json"), 400, "malformed_json");
  const latin1 = await problemOf(await post(Buffer.from("title\nZo\xeb\n", "latin1"), "text/csv"), 400, "malformed_request");
  expect(latin1.detail).toBe("The body is neither UTF-8 nor UTF-16 with a byte order mark");
  for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/vnd.ms-excel", ""]) {
    const { detail } = await problemOf(await post("title\nMilk\n", type), 415, "unsupported_media_type");
    expect(detail).toBe("An archive is application/json or text/csv");
  }
  expect(pointersOf(await problemOf(await post("[]", "application/json"), 422, "invalid_fields"))).toEqual([""]);
});

test("unknown parameters and invalid values are rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const [path, pointer] of [
    ["/api/me/export?format=xml", "?format"],
    ["/api/me/export?status=open", "?status"],
    ["/api/me/import?dry_run=1", "?dry_run"],
    ["/api/me/import?format=csv", "?format"],
  ] as const) {
    const answer = await call(server, path, path.includes("import") ? { token, json: { version: 1 } } : { token });
    expect(pointersOf(await problemOf(answer, 422, "invalid_fields"))).toEqual([pointer]);
  }
});

test("an export needs the scope tasks:read, an import tasks:write", async ({ server }) => {
  const person = await newPerson(server);
  const reader = await tokenFor(server, await makeAccessKey(server, person, "Reader", ["tasks:read"]));
  const adder = await tokenFor(server, await makeAccessKey(server, person, "Adder", ["tasks:create"]));
  expect((await call(server, "/api/me/export", { token: reader })).status).toBe(200);
  await problemOf(await call(server, "/api/me/export", { token: adder }), 403, "insufficient_scope");
  for (const token of [reader, adder]) {
    await problemOf(await call(server, "/api/me/import", { token, json: { version: 1 } }), 403, "insufficient_scope");
    await problemOf(await call(server, "/api/me/import?dry_run=true", { token, json: { version: 1 } }), 403, "insufficient_scope");
  }
  await problemOf(await call(server, "/api/me/export"), 401, "unauthorized");
  await problemOf(await call(server, "/api/me/import", { json: { version: 1 } }), 401, "unauthorized");
});

test("a user can't export another user's data, or import into it", async ({ server }) => {
  const owner = await newPerson(server);
  const stranger = await newPerson(server);
  await fill(server, owner.token);
  const archive = await exported(server, owner.token);
  await problemOf(await call(server, `/api/${owner.id}/export`, { token: stranger.token }), 403, "user_mismatch");
  await problemOf(await call(server, `/api/${owner.id}/import`, { token: stranger.token, json: { version: 1 } }), 403, "user_mismatch");
  expect(await taken(server, stranger.token, archive)).toMatchObject({ tasks: { created: 3, skipped: 0 } });
  expect(await exported(server, owner.token)).toBe(archive);
});

test("exports and imports are limited to thirty a minute each", async ({ server }) => {
  const { token } = await newPerson(server);
  const csv = { token, body: "title\nMilk\n", headers: CSV };
  for (let count = 0; count < 30; count++) {
    expect((await call(server, "/api/me/export", { token })).status).toBe(200);
    expect((await call(server, "/api/me/import?dry_run=true", csv)).status).toBe(200);
  }
  for (const answer of [await call(server, "/api/me/export", { token }), await call(server, "/api/me/import", csv)]) {
    await problemOf(answer, 429, "rate_limited");
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  }
  expect((await call(server, "/api/me/tasks", { token })).status).toBe(200);
  expect((await call(server, "/api/me/export", { token: (await newPerson(server)).token })).status).toBe(200);
});

test("other methods are rejected with an Allow header", async ({ server }) => {
  const { token } = await newPerson(server);
  const written = await call(server, "/api/me/export", { method: "POST", token, body: "" });
  expect((await problemOf(written, 405, "method_not_allowed")) && written.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
  const read = await call(server, "/api/me/import", { token });
  expect((await problemOf(read, 405, "method_not_allowed")) && read.headers.get("Allow")).toBe("POST, OPTIONS");
});

test("an archive of 10 MiB is read; a larger one is rejected without reading the rest", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = JSON.stringify({ title: "x", notes: "n".repeat(20_000) });
  const tasks = new Array(500).fill(task).join(",");
  const body = `{"version":1,"tasks":[${tasks}]}`.padEnd(10 * MEBIBYTE, " ");
  expect(body.length).toBe(10 * MEBIBYTE);
  const answer = await call(server, "/api/me/import?dry_run=true", { token, body, headers: { "Content-Type": "application/json" } });
  expect(await answer.json()).toMatchObject({ tasks: { created: 500 } });
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const large = { ...headers, "Content-Length": String(10 * MEBIBYTE + 1) };
  expect((await send(server, { method: "POST", path: "/api/me/import", headers: large })).status).toBe(413);
  const chunks = new Array(11).fill(Buffer.alloc(MEBIBYTE, " "));
  expect((await send(server, { method: "POST", path: "/api/me/import", headers, chunks })).status).toBe(413);
});

test("an aborted download leaves no open file or connection", async ({ server }) => {
  test.skip(process.platform !== "linux", "Only Linux lists a process's open files as files.");
  const { token } = await newPerson(server);
  const tasks = Array.from({ length: 400 }, () => ({ title: "x", notes: crypto.randomUUID().repeat(500) }));
  await taken(server, token, JSON.stringify({ version: 1, tasks }));
  for (let round = 0; round < 5; round++) {
    const leaving = new AbortController();
    const headers = { Authorization: `Bearer ${token}`, "Accept-Encoding": "identity" };
    const { body } = await fetch(`${server.url}/api/me/export`, { headers, signal: leaving.signal });
    await body?.getReader().read();
    leaving.abort();
  }
  await expect.poll(() => spools(server)).toEqual([]);
});

/** Temporary files are unlinked, so only the process's open files show them. */
async function spools({ process: { pid } }: DoableServer): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all((await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return links.filter((link) => link.includes("doable-") && link.endsWith("(deleted)"));
}
