import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrors, readForm, textFields } from "#app/http/form.ts";

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

test("a form has at most 1,000 fields", async () => {
  const form = (fields: number) => {
    const body = new URLSearchParams(Array.from({ length: fields }, () => ["a", "b"]));
    return readForm(new Request("http://localhost/", { method: "POST", body }));
  };
  expect((await form(1_000)).getAll("a")).toHaveLength(1_000);
  await expect(form(1_001)).rejects.toMatchObject({ init: { status: 413 } });
});
