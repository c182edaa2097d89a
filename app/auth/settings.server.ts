import { z } from "zod";
import { Name } from "#app/auth/sign-in-form.ts";
import { CAPTURE_LANGUAGES, DATE_ORDERS, type UserRef } from "#app/context.ts";
import { writesOf } from "#app/db/user-connections.server.ts";
import { isTimeZone } from "#app/time.ts";

export const SettingsInput = z.object({
  name: Name,
  timezone: z.string().refine(isTimeZone, "That is not a time zone we know"),
  weekStart: z.enum(["1", "6", "7"]).transform(Number),
  clock: z.enum(["12", "24"]),
  theme: z.enum(["system", "light", "dark"]),
  captureLanguage: z.enum(CAPTURE_LANGUAGES),
  /** Empty: not chosen. */
  dateOrder: z.enum(["", ...DATE_ORDERS]).transform((order) => order || null),
});
export type SettingsInput = z.infer<typeof SettingsInput>;

export function settingsOf(user: Pick<UserRef, "id">) {
  async function update(input: Partial<SettingsInput>): Promise<void> {
    if (Object.keys(input).length === 0) return;
    await writesOf(user.id).updateTable("user").set(input).where("id", "=", user.id).execute();
  }
  return { update };
}
