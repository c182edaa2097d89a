import { data } from "react-router";
import type { z } from "zod";
import { countFields } from "#app/http/budget.ts";

/** Field names and their first messages. */
export type FieldErrors = Record<string, string>;

export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) errors[String(issue.path[0] ?? "form")] ??= issue.message;
  return errors;
}

export function textFields(form: FormData): Record<string, string> {
  const entries = [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.reverse());
}

/** The largest form of ours selects 200 tasks. */
const MAX_FIELDS = 1_000;

/**
 * The form of a page request. Throws a 400 for any other body, where `formData()` alone would cause a 500, and a 413 for more
 * than 1,000 fields: parsing takes time that grows with their square.
 */
export async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get("Content-Type") ?? "";
  const body = new Uint8Array(await request.arrayBuffer().catch(badRequest));
  if (countFields(body, type) > MAX_FIELDS) throw data(null, 413);
  return new Response(body, { headers: { "Content-Type": type } }).formData().catch(badRequest);
}

/** A field that the app's own forms always have as a positive integer. Throws a 400 for anything else. */
export function positiveInteger(form: FormData, name: string): number {
  const value = form.get(name);
  if (typeof value !== "string" || !/^[1-9]\d{0,8}$/.test(value)) badRequest();
  return Number(value);
}

function badRequest(): never {
  throw data(null, 400);
}
