import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { openApiDocument } from "#app/openapi/document.ts";

const description = openApiDocument("https://doable.example");

test("the linter for descriptions finds nothing, by its recommended rules", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: JSON.stringify(description), config });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
});

test("the linter would find something", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const { paths: _, ...broken } = description;
  expect(await lintFromString({ source: JSON.stringify(broken), config })).not.toEqual([]);
});
