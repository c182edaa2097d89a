import { createHmac } from "node:crypto";
import { readTemplate } from "./data.ts";
import type { DoableServer } from "./server.ts";

export interface Account {
  name: string;
  email: string;
  password: string;
}

export const PASSWORD = "correct horse battery";

/** A user of the template, with an open session. No other test uses the account. */
export interface SignedUp {
  id: string;
  account: Account;
  session: { name: string; value: string };
}

/** How many users of each data were handed out. A restarted server continues the count. */
const given = new Map<string, number>();

export async function nextPerson({ env }: DoableServer): Promise<SignedUp> {
  const { people, secret } = await readTemplate();
  const data = env.DATABASE_URL ?? env.DATA_DIR ?? "";
  const index = given.get(data) ?? 0;
  given.set(data, index + 1);
  const person = people[index];
  if (!person) throw new Error(`the template has ${people.length} people, and a test asks for one more`);
  const { id, email, sessionToken } = person;
  return { id, account: { name: "Robin Tester", email, password: PASSWORD }, session: sessionCookie(env, sessionToken, secret) };
}

/** Signed like Better Auth's: HMAC-SHA256 in base64 after a full stop. */
function sessionCookie({ BETTER_AUTH_URL = "" }: Record<string, string>, token: string, secret: string): SignedUp["session"] {
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  const prefix = BETTER_AUTH_URL.startsWith("https:") ? "__Host-" : "";
  return { name: `${prefix}doable.session_token`, value: encodeURIComponent(`${token}.${signature}`) };
}

export function newAccount(): Account {
  return { name: "Robin Tester", email: `${crypto.randomUUID()}@example.com`, password: PASSWORD };
}
