import { call, guessPasswords, newPerson, problemOf, submit } from "../support/api.ts";
import { run, startServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const RESET = "app/cli/reset-password.ts";

test("resetting a password invalidates the old one, every session and every token, and lets its owner in", async () => {
  await using server = await startServer();
  const person = await newPerson(server);
  const somebodyElse = await newPerson(server);
  await guessPasswords(server, person.account.email);
  // Only one process can open the embedded database.
  const isEmbedded = server.env.DATABASE_URL === undefined;
  if (isEmbedded) await server.stop();
  const reset = await run(RESET, { ...server.env, LOG_LEVEL: "error" }, [person.account.email.toUpperCase()]);
  expect(reset.code).toBe(0);
  const made = /^The new password is (\S{16})$/.exec(reset.output[0] ?? "")?.[1] ?? "";
  const nobody = await run(RESET, { ...server.env, LOG_LEVEL: "error" }, ["nobody@example.com"]);
  expect(nobody).toEqual({ code: 1, output: ["There is no account with that e-mail."] });

  const after = isEmbedded ? await server.restart() : server;
  const logIn = (password: string) => submit(after, "/login", Object.entries({ email: person.account.email, password }), {});
  const today = (cookie: string) => call(after, "/today", { headers: { Cookie: cookie } });
  expect((await today(person.cookie)).status).toBe(302);
  expect((await logIn(person.account.password)).status).toBe(401);
  expect((await logIn(made)).status).toBe(302);
  await problemOf(await call(after, "/api/me", { token: person.token }), 401, "unauthorized");
  expect((await call(after, "/api/me", { token: somebodyElse.token })).status).toBe(200);
  expect((await today(somebodyElse.cookie)).status).toBe(200);
});
