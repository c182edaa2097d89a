import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrors, textFields } from "#app/http/form.ts";

test("each field gets its first message, and errors without a field go to the form", () => {
  const schema = z
    .strictObject({ name: z.string().min(2, "short").regex(/^a/, "not an a"), due: z.object({ date: z.iso.date("no day") }) })
    .refine(() => false, { message: "never", when: () => true });
  const { error } = schema.safeParse({ name: "b", due: { date: "x" } });
  expect(error && fieldErrors(error)).toEqual({ name: "short", due: "no day", form: "never" });
});

test("textFields returns the first text of each name and ignores files", () => {
  const form = new FormData();
  form.append("title", "first");
  form.append("title", "second");
  form.append("notes", new File(["x"], "notes.txt"));
  expect(textFields(form)).toEqual({ title: "first" });
});
