import { expect, test } from "vitest";
import { SettingsInput, settingsOf } from "#app/auth/settings.server.ts";
import { findTokenUser, toUserRef } from "#app/auth/user.server.ts";
import { createTestUser } from "#app/testing/users.ts";

const TOKEN = { issuedAt: 0, kid: undefined };
const CHOSEN = {
  name: "Ann",
  timezone: "Asia/Kathmandu",
  weekStart: "7",
  clock: "12",
  theme: "dark",
  captureLanguage: "de",
  dateOrder: "mdy",
};

test("an update applies to the user from the next request on, and to no other user", async () => {
  const [user, other] = [await createTestUser(), await createTestUser()];
  await settingsOf(user).update(SettingsInput.parse(CHOSEN));
  expect(await findTokenUser({ userId: user.id, ...TOKEN })).toEqual({ ...user, ...CHOSEN, weekStart: 7 });
  expect(await findTokenUser({ userId: other.id, ...TOKEN })).toEqual(other);
  await settingsOf(user).update(SettingsInput.parse({ ...CHOSEN, dateOrder: "" }));
  expect(await findTokenUser({ userId: user.id, ...TOKEN })).toMatchObject({ dateOrder: null });
});

test("a setting outside its allowed values is invalid", () => {
  const invalid = {
    name: " ",
    timezone: "Mars/Olympus",
    weekStart: "2",
    clock: "25",
    theme: "pink",
    captureLanguage: "tlh",
    dateOrder: "ydm",
  };
  for (const [field, value] of Object.entries(invalid)) {
    expect(SettingsInput.safeParse({ ...CHOSEN, [field]: value }).error?.issues.map(({ path }) => path[0])).toEqual([field]);
  }
  for (const timezone of ["UTC", "Etc/GMT+12", "Pacific/Kiritimati", "America/St_Johns"]) {
    expect(SettingsInput.safeParse({ ...CHOSEN, timezone }).success).toBe(true);
  }
  expect(SettingsInput.safeParse({ ...CHOSEN, timezone: "+02:00" }).success).toBe(false);
});

test("missing and unknown settings get their defaults", () => {
  const user = { id: "1", name: "Ann", timezone: "UTC" };
  const settings = { weekStart: 1, clock: "24", theme: "system", captureLanguage: "en", dateOrder: null };
  const defaults = { ...user, ...settings, origin: { type: "session" } };
  expect(toUserRef(user)).toEqual(defaults);
  expect(toUserRef({ ...user, weekStart: null, clock: null, theme: null })).toEqual(defaults);
  expect(toUserRef({ ...user, weekStart: 1, clock: "13", theme: "sepia", captureLanguage: "tlh", dateOrder: "" })).toEqual(defaults);
});
