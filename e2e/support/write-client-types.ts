import { mkdirSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

// Writes .openapi/client.ts, the types of a client generated from an OpenAPI document: `node e2e/support/write-client-types.ts URL`.

// openapi-typescript needs the compiler's JavaScript API, which TypeScript 7 no longer has. @ts-morph/common bundles version 6.
registerHooks({ resolve: (name, context, next) => next(name === "typescript" ? "@ts-morph/common/dist/typescript.js" : name, context) });
const { astToString, default: generate } = await import("openapi-typescript");

const [url = ""] = process.argv.slice(2);
const document = await (await fetch(url)).text();
const types = await generate(document);
mkdirSync(".openapi", { recursive: true });
writeFileSync(".openapi/client.ts", astToString(types));
