import { z } from "zod";
import { Scope } from "#app/auth/scopes.ts";
import type { SettingsInput } from "#app/auth/settings.server.ts";
import { CAPTURE_LANGUAGES, DATE_ORDERS, type UserRef } from "#app/context.ts";
import { isTimeZone } from "#app/time.ts";

/** No control characters: Postgres can't store U+0000. */
const Name = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(100, "must have at most 100 characters")
  .regex(/^\P{Cc}*$/u, "must not contain control characters")
  .refine((name) => name.isWellFormed(), "must be well-formed Unicode");

const TimeZone = z
  .string()
  .refine(isTimeZone, "must be an IANA time zone")
  .meta({ description: "An IANA time zone, in which days begin." });

const WeekStart = z.literal([1, 6, 7]).meta({ description: "1 Monday, 6 Saturday, 7 Sunday." });
const Clock = z.enum(["24", "12"]).meta({ description: "Hours of the clock on pages." });
const Theme = z.enum(["system", "light", "dark"]);
const CaptureLanguage = z.enum(CAPTURE_LANGUAGES).meta({ description: "Dates and repeats are read in it and in English." });
const DateOrder = z
  .enum(DATE_ORDERS)
  .nullable()
  .meta({ description: 'Of day, month and year in "3/4/2027". Null: such a date is read only if one order is possible.' });

const ReadOnly = z.strictObject({
  id: z.uuid(),
  scopes: z.array(Scope),
  token_expires_at: z.iso.datetime(),
  limits: z.strictObject({ reads_per_minute: z.int(), writes_per_minute: z.int(), tasks: z.int(), lists: z.int(), text_bytes: z.int() }),
});

export const MeJson = ReadOnly.extend({
  name: z.string(),
  timezone: z.string(),
  settings: z.strictObject({ week_start: WeekStart, clock: Clock, theme: Theme, capture_language: CaptureLanguage, date_order: DateOrder }),
});
export type MeJson = z.output<typeof MeJson>;

/** Fields that only the server sets: a change may repeat them as they are. */
export const READ_ONLY = ReadOnly.keyof().options;

/** JSON Merge Patch (RFC 7396): absent members stay, and null sets a setting to its default. */
export const MePatch = z.strictObject({
  name: Name.optional(),
  timezone: TimeZone.optional(),
  settings: z
    .strictObject({
      week_start: WeekStart.nullable(),
      clock: Clock.nullable(),
      theme: Theme.nullable(),
      capture_language: CaptureLanguage.nullable(),
      date_order: DateOrder,
    })
    .partial()
    .optional(),
  ...(Object.fromEntries(READ_ONLY.map((field) => [field, z.unknown().optional()])) as Record<
    (typeof READ_ONLY)[number],
    z.ZodOptional<z.ZodUnknown>
  >),
});
export type MePatch = z.output<typeof MePatch>;

export function settingsJson({ weekStart, clock, theme, captureLanguage, dateOrder }: UserRef): MeJson["settings"] {
  return { week_start: WeekStart.catch(1).parse(weekStart), clock, theme, capture_language: captureLanguage, date_order: dateOrder };
}

export function changedSettings({ name, timezone, settings = {} }: MePatch): Partial<SettingsInput> {
  const { week_start, clock, theme, capture_language, date_order } = settings;
  const changes = {
    name,
    timezone,
    weekStart: week_start === null ? 1 : week_start,
    clock: clock === null ? ("24" as const) : clock,
    theme: theme === null ? ("system" as const) : theme,
    captureLanguage: capture_language === null ? ("en" as const) : capture_language,
    dateOrder: date_order,
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
