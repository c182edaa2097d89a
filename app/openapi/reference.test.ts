import { expect, test } from "vitest";
import { type OperationReference, reference } from "#app/openapi/reference.ts";

function operation(id: string, userId?: string): OperationReference {
  const [found] = reference("https://doable.example", userId).groups.flatMap(
    ({ operations }) => operations.find((one) => one.id === id) ?? [],
  );
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}

test("a command names the signed-in user, otherwise `me`", () => {
  expect(operation("getTask", "0199a3c2").command).toContain("https://doable.example/api/0199a3c2/tasks/0199a3c2-5c0e-");
  expect(operation("getTask").command).toContain("https://doable.example/api/me/tasks/");
});

test("a command names the method only where it is not curl's default", () => {
  expect(operation("getMe").command).toBe('curl -H "Authorization: Bearer $TOKEN" https://doable.example/api/me');
  expect(operation("exchangeKey").command).toBe('curl -X POST -H "X-API-Key: $KEY" https://doable.example/api/token');
  expect(operation("createTask").command).not.toContain("-X");
  expect(operation("changeTask").command).toMatch(/^curl -X PATCH /);
});

test("a long command has one line for each part", () => {
  expect(operation("changeTask", "me").command.split(" \\\n  ")).toEqual([
    "curl -X PATCH",
    '-H "Authorization: Bearer $TOKEN"',
    "-H 'Content-Type: application/merge-patch+json'",
    `-d '{"priority":3}'`,
    "https://doable.example/api/me/tasks/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001",
  ]);
});

test("a field has a short description of its type", () => {
  const types = Object.fromEntries(operation("changeTask").body.map(({ name, type }) => [name, type]));
  expect(types).toMatchObject({
    title: "text, up to 500",
    status: '"open" | "done"',
    list_id: "id or null",
    labels: "list of text, up to 50 or null",
    priority: "0 to 3 or null",
    due: "{ date, time, timezone } or null",
    start_date: "YYYY-MM-DD or null",
  });
});
