import { expect, test } from "vitest";
import { openApiDocument } from "#app/openapi/document.ts";
import { withCommands } from "#app/openapi/reference.ts";

const ORIGIN = "https://doable.example";
const ID = "0199a3c2-1f0b-7c3e-8d21-6b0f4a9e7001";

function samplesOf({ paths }: ReturnType<typeof withCommands>): string[] {
  return Object.values(paths)
    .flatMap(({ parameters: _, ...methods }) => Object.values(methods))
    .map((operation) => (operation as unknown as { "x-codeSamples": { source: string }[] })["x-codeSamples"][0]?.source ?? "");
}

test("a viewer is given a command for each operation, which names its reader", () => {
  const samples = samplesOf(withCommands(ORIGIN, ID));
  expect(samples.length).toBeGreaterThan(25);
  for (const sample of samples) expect(sample).toMatch(/^curl /);
  expect(samples.filter((sample) => sample.includes(`${ORIGIN}/api/${ID}/`)).length).toBeGreaterThan(20);
  expect(withCommands(ORIGIN, ID).info.description).toContain(`You are \`${ID}\``);
});

test("of a visitor it says nothing, and what others are given stays as it was", () => {
  const before = JSON.stringify(openApiDocument(ORIGIN));
  const document = withCommands(ORIGIN);
  expect(document.info.description).not.toContain("You are");
  expect(samplesOf(document).join()).toContain(`${ORIGIN}/api/me/tasks`);
  expect(JSON.stringify(openApiDocument(ORIGIN))).toBe(before);
});
