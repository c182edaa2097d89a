import { data } from "react-router";
import type { z } from "zod";

/** The first message for each invalid field. */
export type FieldErrors = Record<string, string>;

export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) errors[String(issue.path[0] ?? "form")] ??= issue.message;
  return errors;
}

/** The first text value of each name; files are left out. */
export function textFields(form: FormData): Record<string, string> {
  const entries = [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.reverse());
}

/** The form of a page request. Throws a 400 for any other body, where `formData()` alone would cause a 500. */
export function readForm(request: Request): Promise<FormData> {
  return request.formData().catch(() => {
    throw data(null, 400);
  });
}
