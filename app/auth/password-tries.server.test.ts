import { sql } from "kysely";
import { expect, test } from "vitest";
import { deleteOldPasswordTries, forgetPasswordTries, returnPasswordTry, takePasswordTry } from "#app/auth/password-tries.server.ts";
import { db } from "#app/db/database.server.ts";

/** Lets time pass for the counted tries. */
async function wait(key: string, time: string): Promise<void> {
  await sql`
    update password_try set tried_at = array(select at - ${time}::interval from unnest(tried_at) as at order by at desc) where key = ${key}
  `.execute(db);
}

/** The waits in seconds, rounded up to tens: some time passes between the tries. */
async function take(key: string, tries: number): Promise<number[]> {
  const waits: number[] = [];
  for (let time = 0; time < tries; time++) waits.push(Math.ceil((await takePasswordTry(key)) / 10) * 10);
  return waits;
}

const TEN = Array<number>(10).fill(0);

test("ten tries are free, then there is one a minute", async () => {
  const key = crypto.randomUUID();
  expect(await take(key, 11)).toEqual([...TEN, 60]);
  await wait(key, "45 seconds");
  expect(await take(key, 1)).toEqual([20]);
  await wait(key, "15 seconds");
  expect(await take(key, 2)).toEqual([0, 60]);
});

test("tries older than 15 minutes don't count", async () => {
  const key = crypto.randomUUID();
  await take(key, 5);
  await wait(key, "10 minutes");
  expect(await take(key, 6)).toEqual([0, 0, 0, 0, 0, 60]);
  await wait(key, "5 minutes");
  // The first five are over; the next five were five minutes ago.
  expect(await take(key, 6)).toEqual([0, 0, 0, 0, 0, 60]);
  await wait(key, "15 minutes");
  expect(await take(key, 11)).toEqual([...TEN, 60]);
});

test("the wait is no longer than until ten tries are no longer in the window", async () => {
  const key = crypto.randomUUID();
  await take(key, 9);
  await wait(key, "14 minutes 45 seconds");
  expect(await take(key, 2)).toEqual([0, 20]);
});

test("one try a minute goes on for as long as they come", async () => {
  const key = crypto.randomUUID();
  await take(key, 10);
  for (let minute = 1; minute <= 30; minute++) {
    await wait(key, "1 minute");
    expect(await take(key, 2), `minute ${minute}`).toEqual([0, 60]);
  }
});

test("a try that is taken back leaves the count as before", async () => {
  const key = crypto.randomUUID();
  await take(key, 1);
  await returnPasswordTry(key);
  await returnPasswordTry(key);
  expect((await sql`select from password_try where key = ${key}`.execute(db)).rows).toEqual([]);
  await take(key, 10);
  await returnPasswordTry(key);
  expect(await take(key, 2)).toEqual([0, 60]);
});

test("concurrent tries don't exceed the limit", async () => {
  const key = crypto.randomUUID();
  const waits = await Promise.all(Array.from({ length: 40 }, () => takePasswordTry(key)));
  expect(waits.filter((seconds) => seconds === 0)).toHaveLength(10);
});

test("each key has a count of its own, and forgetting one leaves the others", async () => {
  const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
  await take(one, 10);
  expect(await take(other, 11)).toEqual([...TEN, 60]);
  await forgetPasswordTries(one);
  expect(await take(one, 1)).toEqual([0]);
  expect(await take(other, 1)).toEqual([60]);
});

test("the clean-up deletes counts whose last try was over 15 minutes ago, and no others", async () => {
  const [old, recent] = [crypto.randomUUID(), crypto.randomUUID()];
  await take(old, 3);
  await wait(old, "15 minutes 1 second");
  await take(recent, 3);
  await wait(recent, "14 minutes");
  await deleteOldPasswordTries();
  const { rows } = await sql`select key from password_try where key = any(${[old, recent]}::text[])`.execute(db);
  expect(rows).toEqual([{ key: recent }]);
});
