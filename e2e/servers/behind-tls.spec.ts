import { send } from "../support/raw.ts";
import { expect, test } from "../support/test.ts";

test.use({ serverEnv: { BETTER_AUTH_URL: "https://doable.example" } });

test("behind a proxy that ends TLS, forms work, cookies are Secure and other origins are rejected", async ({ server }) => {
  const proxied = { Host: "doable.example", "X-Forwarded-Proto": "https", "Content-Type": "application/x-www-form-urlencoded" };
  function signUp(origin: string, email: string) {
    const body = new URLSearchParams({ name: "Robin Tester", email, password: "correct horse battery", redirectTo: "/tasks" }).toString();
    const headers = { ...proxied, Origin: origin, "X-Forwarded-For": "10.1.2.3", "Content-Length": String(body.length) };
    return send(server, { method: "POST", path: "/signup", headers, chunks: [body] });
  }
  for (const origin of ["https://elsewhere.example", "https://doable.example.elsewhere.example", "null"]) {
    const refused = await signUp(origin, "robin@example.com");
    expect(refused.status, origin).toBe(400);
    expect(refused.headers["set-cookie"]).toBeUndefined();
  }
  const signedUp = await signUp("https://doable.example", "robin@example.com");
  expect(signedUp.status).toBe(302);
  expect(signedUp.headers.location).toBe("/tasks");
  expect(signedUp.headers["strict-transport-security"]).toMatch(/^max-age=31536000/);
  const cookies = signedUp.headers["set-cookie"] ?? [];
  const session = cookies.find((cookie) => cookie.startsWith("__Host-doable.session_token=")) ?? "";
  expect(session).toMatch(/; Secure/);
  expect(session).toMatch(/; HttpOnly/);
  expect(session).toMatch(/; SameSite=Lax/);
  const tasks = await send(server, { path: "/tasks", headers: { ...proxied, Cookie: session.split(";", 1)[0] ?? "" } });
  expect(tasks.status).toBe(200);
  expect((await send(server, { path: "/healthz" })).headers["strict-transport-security"]).toBeDefined();
});
