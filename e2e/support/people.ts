import { createHmac } from "node:crypto";
import { readTemplate } from "./data.ts";
import type { DoableServer } from "./server.ts";

export interface Account {
  name: string;
  email: string;
  password: string;
}

/** Everybody's. */
export const PASSWORD = "correct horse battery";

/** Somebody whom the template has signed up: nobody else uses this account, and their session is open. */
export interface SignedUp {
  id: string;
  account: Account;
  session: { name: string; value: string };
}

/** How many of its people each data has given away. A server that was restarted goes on where it was. */
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

/** As Better Auth signs it: HMAC-SHA256 in base64 after a full stop. */
function sessionCookie({ BETTER_AUTH_URL = "" }: Record<string, string>, token: string, secret: string): SignedUp["session"] {
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  const prefix = BETTER_AUTH_URL.startsWith("https:") ? "__Secure-" : "";
  return { name: `${prefix}doable.session_token`, value: encodeURIComponent(`${token}.${signature}`) };
}

/** For those who sign up themselves. */
export function newAccount(): Account {
  return { name: "Robin Tester", email: `${crypto.randomUUID()}@example.com`, password: PASSWORD };
}
