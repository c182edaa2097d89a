import { data } from "react-router";
import type { z } from "zod";

/** The first message for each field that is wrong. */
export type FieldErrors = Record<string, string>;

export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) errors[String(issue.path[0] ?? "form")] ??= issue.message;
  return errors;
}

/** The texts of a form, first value of each name; a file is none. */
export function textFields(form: FormData): Record<string, string> {
  const texts = [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts.reverse());
}

/** The form that a page's request carries. `formData()` alone would throw a fault at a body that is no form: here it is a 400. */
export function readForm(request: Request): Promise<FormData> {
  return request.formData().catch(() => {
    throw data(null, 400);
  });
}
