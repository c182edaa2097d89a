import { z } from "zod";
import { keyedHash, readSignedText, signedText } from "#app/signed-text.server.ts";

const KnownBrowser = z.object({ id: z.string(), accounts: z.array(z.string()) });
type KnownBrowser = z.infer<typeof KnownBrowser>;

const SCOPE = "known browser";
/** More would make the cookie long. */
const MAX_ACCOUNTS = 8;

/**
 * Names an account in the database and the log, whether it exists or not: the typed text may be a password by mistake.
 * Better Auth finds accounts by the address in lower case.
 */
export function accountKey(email: unknown): string {
  return keyedHash(typeof email === "string" ? email.trim().toLowerCase() : "", "account");
}

/** `undefined`: the browser has not signed in to the account. `cookie` is the value that `rememberAccount` returned. */
export function browserKey(account: string, cookie: string | null | undefined): string | undefined {
  const browser = read(cookie);
  return browser?.accounts.includes(account) ? keyedHash(`${account} ${browser.id}`, "browser") : undefined;
}

/** The cookie's value after the browser has signed in to the account. Forgets the one of several that was used longest ago. */
export function rememberAccount(account: string, cookie: string | null | undefined): string {
  const { id, accounts } = read(cookie) ?? { id: crypto.randomUUID(), accounts: [] };
  const others = accounts.filter((other) => other !== account);
  return signedText({ id, accounts: [account, ...others].slice(0, MAX_ACCOUNTS) }, SCOPE);
}

function read(cookie: string | null | undefined): KnownBrowser | undefined {
  return cookie ? readSignedText(cookie, SCOPE, KnownBrowser) : undefined;
}
