import { expect, test } from "vitest";
import { archiveResponse } from "#app/pages/archive-file.server.ts";
import { createTestUser } from "#app/testing/users.ts";

// An open file that is not read any more ends the process as soon as its handle is garbage.
test("the file of an export is closed if the client has disconnected, before the response or after it", async () => {
  const user = await createTestUser();
  const leaving = new AbortController();
  const signals = { before: AbortSignal.abort(), after: leaving.signal, never: new AbortController().signal };
  const responseTo = (signal: AbortSignal) => archiveResponse(new Request("http://localhost:3000/export", { signal }), user, "json");
  await expect((await responseTo(signals.before)).text()).rejects.toThrow("aborted");
  const response = await responseTo(signals.after);
  leaving.abort();
  await expect(response.text()).rejects.toThrow("aborted");
  expect(await (await responseTo(signals.never)).json()).toMatchObject({ tasks: [], lists: [] });
});

test("an export is a file named after its day, which no cache stores", async () => {
  const user = await createTestUser();
  const day = Temporal.Now.plainDateISO(user.timezone);
  const { headers } = await archiveResponse(new Request("http://localhost:3000/export", { method: "HEAD" }), user, "csv");
  expect(Object.fromEntries(headers)).toEqual({
    "cache-control": "private, no-store",
    "content-disposition": `attachment; filename="doable-${day}.csv"`,
    "content-type": "text/csv; charset=utf-8; header=present",
  });
});
