import { mkdirSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { openApiDocument } from "#app/openapi/document.ts";

// Before the types are checked: writes those that a generated client has, so that the tests' client is a generated one.

// The generator wants the compiler's JavaScript interface, which TypeScript 7 has no more: it gets version 6, as ts-morph bundles it.
registerHooks({ resolve: (name, context, next) => next(name === "typescript" ? "@ts-morph/common/dist/typescript.js" : name, context) });
const { astToString, default: generate } = await import("openapi-typescript");

// A field with a default may be left out.
const types = await generate(JSON.stringify(openApiDocument("https://doable.example")), { defaultNonNullable: false });
mkdirSync(".openapi", { recursive: true });
writeFileSync(".openapi/client.ts", astToString(types));
