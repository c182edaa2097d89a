import { expect, test } from "vitest";
import { SettingsInput, settingsOf } from "#app/auth/settings.server.ts";
import { findActiveUser, toUserRef } from "#app/auth/user.server.ts";
import { createTestUser } from "#app/testing/users.ts";

const CHOSEN = { name: "Ann", timezone: "Asia/Kathmandu", weekStart: "7", clock: "12", theme: "dark" };

test("what a person sets is theirs from the next request on, and nobody else's", async () => {
  const [user, other] = [await createTestUser(), await createTestUser()];
  await settingsOf(user).update(SettingsInput.parse(CHOSEN));
  expect(await findActiveUser(user.id)).toEqual({ ...CHOSEN, id: user.id, weekStart: 7 });
  expect(await findActiveUser(other.id)).toEqual(other);
});

test("a setting is one that the app knows", () => {
  const refused = { name: " ", timezone: "Mars/Olympus", weekStart: "2", clock: "25", theme: "pink" };
  for (const [field, value] of Object.entries(refused)) {
    expect(SettingsInput.safeParse({ ...CHOSEN, [field]: value }).error?.issues.map(({ path }) => path[0])).toEqual([field]);
  }
  for (const timezone of ["UTC", "Etc/GMT+12", "Pacific/Kiritimati", "America/St_Johns"]) {
    expect(SettingsInput.safeParse({ ...CHOSEN, timezone }).success).toBe(true);
  }
  expect(SettingsInput.safeParse({ ...CHOSEN, timezone: "+02:00" }).success).toBe(false);
});

test("a person who never touched the settings has the first of each, and so has one with a setting that is no more", () => {
  const who = { id: "1", name: "Ann", timezone: "UTC" };
  const first = { ...who, weekStart: 1, clock: "24", theme: "system" };
  expect(toUserRef(who)).toEqual(first);
  expect(toUserRef({ ...who, weekStart: null, clock: null, theme: null })).toEqual(first);
  expect(toUserRef({ ...who, weekStart: 1, clock: "13", theme: "sepia" })).toEqual(first);
});
