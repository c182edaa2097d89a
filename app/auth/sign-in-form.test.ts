import fc from "fast-check";
import { expect, test } from "vitest";
import { LogInForm, SignUpForm, safePath, timeZoneOr } from "#app/auth/sign-in-form.ts";

const OURS = "https://doable.example";

test("a path of this origin is kept as the redirect target", () => {
  expect(safePath("/tasks?status=done&cursor=a.b")).toBe("/tasks?status=done&cursor=a.b");
  expect(safePath("/settings/access-keys")).toBe("/settings/access-keys");
  expect(safePath("/%5cevil.example")).toBe("/%5cevil.example");
  expect(safePath("/tasks?next=https://evil.example")).toBe("/tasks?next=https://evil.example");
});

test("a redirect target on another origin becomes /today", () => {
  const foreign = [
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
  for (const path of foreign) expect(safePath(path), String(path)).toBe("/today");
});

test("any input yields a path on this origin", () => {
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

test("an unknown time zone becomes the fallback", () => {
  expect(timeZoneOr("UTC", "Europe/Lisbon")).toBe("Europe/Lisbon");
  expect(timeZoneOr("UTC", "Mars/Olympus")).toBe("UTC");
});

test("a sign-up needs a valid name, e-mail address and password", () => {
  const form = { name: " Ann ", email: " Ann@Example.com ", password: "correct horse" };
  expect(SignUpForm.parse(form)).toEqual({ name: "Ann", email: "Ann@Example.com", password: "correct horse" });
  const invalid = SignUpForm.safeParse({ name: " ", email: "ann", password: "short" });
  expect(invalid.error?.issues.map((issue) => issue.path[0])).toEqual(["name", "email", "password"]);
});

test("a name with control characters is invalid", () => {
  for (const name of ["a\0b", "a\nb", "a\u001bb", "a\u0085b"]) {
    expect(SignUpForm.safeParse({ name, email: "a@example.com", password: "correct horse" }).success).toBe(false);
  }
});

test("a log-in accepts any password that is not empty", () => {
  expect(LogInForm.safeParse({ email: "ann@example.com", password: "x" }).success).toBe(true);
  expect(LogInForm.safeParse({ email: "ann@example.com", password: "" }).success).toBe(false);
});
