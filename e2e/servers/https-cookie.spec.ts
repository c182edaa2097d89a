import { send } from "../support/raw.ts";
import { startServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const ORIGIN = "https://doable.example";
const PROXIED = { Host: "doable.example", "X-Forwarded-Proto": "https" };
const FORM = { ...PROXIED, "Content-Type": "application/x-www-form-urlencoded" };

test("over https the session's cookie is a __Host- one, and forms are taken from https only", async () => {
  await using server = await startServer({ BETTER_AUTH_URL: ORIGIN });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string>) =>
    send(server, { method: "POST", path, headers: { ...FORM, ...headers }, chunks: [new URLSearchParams(fields).toString()] });
  const account = { name: "Robin Tester", email: "robin@example.com", password: "correct horse battery" };
  for (const origin of ["http://doable.example", "https://doable.example:8443", "http://127.0.0.1", server.url]) {
    const refused = await post("/signup", account, { Origin: origin });
    expect([refused.status, refused.headers["set-cookie"]], origin).toEqual([400, undefined]);
  }
  const signedUp = await post("/signup", account, { Origin: ORIGIN });
  expect(signedUp.status).toBe(302);
  const [line = "", known = "", ...others] = signedUp.headers["set-cookie"] ?? [];
  expect(others).toEqual([]);
  expect(line).toMatch(/^__Host-doable\.session_token=[^;]+;/);
  expect(known).toMatch(/^__Host-doable\.known_browser=[^;]+;/);
  // RFC 6265bis, section 4.1.3.2: Secure, Path=/, and no Domain.
  expect(line.split("; ").slice(1).toSorted()).toEqual(["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Lax", "Secure"]);
  expect(known.split("; ").slice(1).toSorted()).toEqual(["HttpOnly", "Max-Age=34560000", "Path=/", "SameSite=Lax", "Secure"]);

  const cookie = line.split(";", 1)[0] ?? "";
  const visit = async (Cookie: string) => (await send(server, { path: "/today", headers: { ...PROXIED, Cookie } })).status;
  expect(await visit(cookie)).toBe(200);
  for (const name of ["__Secure-doable.session_token", "doable.session_token", "__Host-better-auth.session_token"])
    expect(await visit(cookie.replace(/^[^=]+/, name)), name).toBe(302);

  const document = JSON.parse((await send(server, { path: "/api/openapi.json", headers: PROXIED })).body);
  expect(document.components.securitySchemes.session.name).toBe("__Host-doable.session_token");
  const loggedOut = await post("/logout", {}, { Origin: ORIGIN, Cookie: cookie });
  expect(loggedOut.headers["set-cookie"]?.join()).toMatch(/__Host-doable\.session_token=;.*Secure/);
  expect(await visit(cookie)).toBe(302);
});
