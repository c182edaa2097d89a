import type { FileHandle } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { writeTempFile } from "#app/io/temp-file.server.ts";

test("what was written is read from the start, and only what came after it was emptied", async () => {
  const { size, content } = await writeTempFile(async (file) => {
    for (const chunk of ["first ", "attempt "]) await file.appendFile(chunk);
    await file.truncate();
    for (const chunk of ["second ", "attempt"]) await file.appendFile(chunk);
  });
  expect(size).toBe(14);
  expect(await text(content)).toBe("second attempt");
});

test("the file is closed if what fills it fails", async () => {
  let file: FileHandle | undefined;
  const filling = writeTempFile(async (opened) => {
    file = opened;
    await opened.appendFile("half");
    throw new Error("Enough");
  });
  await expect(filling).rejects.toThrow("Enough");
  expect(file?.fd).toBe(-1);
});
