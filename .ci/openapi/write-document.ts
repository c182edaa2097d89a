import { writeFileSync } from "node:fs";
import { openApiDocument } from "../../app/openapi/document.ts";

const [path = ""] = process.argv.slice(2);
writeFileSync(path, JSON.stringify(openApiDocument("https://doable.example"), null, 2));
