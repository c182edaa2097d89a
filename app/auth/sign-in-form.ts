import { z } from "zod";
import { NewPassword } from "#app/auth/new-password.server.ts";
import { isTimeZone } from "#app/time.ts";

/** No control characters: Postgres can't store U+0000. */
export const Name = z
  .string()
  .trim()
  .min(1, "Tell us what to call you")
  .max(100, "At most 100 characters")
  .regex(/^\P{Cc}*$/u, "That has characters that can't be shown");

export const Email = z.string().trim().max(254, "That is too long for an e-mail address").pipe(z.email("That is not an e-mail address"));

/** Pages do not show it. Clients of Better Auth may load it as a picture, so other schemes are refused. */
export const Image = z.url({ protocol: /^https$/, error: "That is not an https address" }).max(2000, "At most 2,000 characters");

export const SignUpForm = z.object({
  name: Name,
  email: Email,
  password: NewPassword,
});

export const LogInForm = z.object({
  email: Email,
  password: z.string().min(1, "Type your password"),
});

export const PasswordForm = z.object({
  currentPassword: z.string().min(1, "Type the password that you have"),
  newPassword: NewPassword,
});

export const TimeZone = z.string().refine(isTimeZone, "That is not a time zone");

export function timeZoneOr(fallback: string, name: unknown): string {
  return isTimeZone(name) ? name : fallback;
}

/** A path of this origin; /today if `path` is anything else. */
export function safePath(path: unknown): string {
  if (typeof path !== "string" || !path.startsWith("/")) return "/today";
  const base = "http://doable.invalid";
  const url = URL.canParse(path, base) ? new URL(path, base) : undefined;
  // "/.//elsewhere" normalizes to "//elsewhere", which names another host.
  return url?.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search : "/today";
}
