import fc from "fast-check";
import { expect, test } from "vitest";
import { LogInForm, SignUpForm, safePath, timeZoneOr } from "#app/auth/sign-in-form.ts";

const OURS = "https://doable.example";

test("a path of ours is where signing in leads", () => {
  expect(safePath("/tasks?status=done&cursor=a.b")).toBe("/tasks?status=done&cursor=a.b");
  expect(safePath("/settings/access-keys")).toBe("/settings/access-keys");
  expect(safePath("/%5cevil.example")).toBe("/%5cevil.example");
  expect(safePath("/tasks?next=https://evil.example")).toBe("/tasks?next=https://evil.example");
});

test("an address that leads elsewhere becomes the page of today", () => {
  const elsewhere = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
    "/.\\/evil.example",
    "/a/..//evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    " /tasks",
    "tasks",
    "",
    undefined,
    null,
    ["/tasks"],
  ];
  for (const path of elsewhere) expect(safePath(path), String(path)).toBe("/today");
});

test("whatever the input, a browser that follows the result stays with us", () => {
  const piece = fc.constantFrom("/", "\\", ".", "..", "%2e", "%2f", "%5c", "\t", "\n", "\r", " ", "@", ":", "?", "#", "evil.example", "\0");
  const typed = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join("")),
    fc.webUrl(),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(typed, fc.boolean(), (text, slash) => {
      const path = safePath(slash ? `/${text}` : text);
      const followed = new URL(path, `${OURS}/login`);
      expect(followed.origin).toBe(OURS);
      expect(new URL(followed.pathname + followed.search, OURS).origin).toBe(OURS);
      expect(path).toMatch(/^\/(?![/\\])/);
    }),
    { numRuns: 2_000 },
  );
});

test("a time zone that nobody knows becomes the other one", () => {
  expect(timeZoneOr("UTC", "Europe/Lisbon")).toBe("Europe/Lisbon");
  expect(timeZoneOr("UTC", "Mars/Olympus")).toBe("UTC");
});

test("a sign-up takes a name, an address and a password that will do", () => {
  const form = { name: " Ann ", email: " Ann@Example.com ", password: "correct horse" };
  expect(SignUpForm.parse(form)).toEqual({ name: "Ann", email: "Ann@Example.com", password: "correct horse" });
  const bad = SignUpForm.safeParse({ name: " ", email: "ann", password: "short" });
  expect(bad.error?.issues.map((issue) => issue.path[0])).toEqual(["name", "email", "password"]);
});

test("a name has no control characters, which Postgres or a page can't hold", () => {
  for (const name of ["a\0b", "a\nb", "a\u001bb", "a\u0085b"]) {
    expect(SignUpForm.safeParse({ name, email: "a@example.com", password: "correct horse" }).success).toBe(false);
  }
});

test("a password may have spaces at its ends, and up to 128 characters", () => {
  const form = { name: "Ann", email: "ann@example.com" };
  expect(SignUpForm.parse({ ...form, password: "  12345678  " }).password).toBe("  12345678  ");
  expect(SignUpForm.safeParse({ ...form, password: "x".repeat(129) }).success).toBe(false);
});

test("a log-in asks only for something to try", () => {
  expect(LogInForm.safeParse({ email: "ann@example.com", password: "x" }).success).toBe(true);
  expect(LogInForm.safeParse({ email: "ann@example.com", password: "" }).success).toBe(false);
});
