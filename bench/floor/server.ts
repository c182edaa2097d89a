import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { type ApiResponse, changes, create, get, keySet, list, patch } from "./api.ts";
import { readKeys } from "./authentication.ts";
import { logIn, type Page, today } from "./pages.tsx";

// The least that Node can do for the benchmark's responses: no router, no middleware, no headers but those of the body.

const TASKS = "/api/me/tasks";
const CHANGES = "/api/me/changes?since=";
const files = new Map<string, Buffer>();

function respondTo(request: IncomingMessage): Promise<ApiResponse | Page> {
  const { method, url = "" } = request;
  if (url === TASKS) return method === "POST" ? create(request) : list(request);
  if (url.startsWith(`${TASKS}/`)) return (method === "PATCH" ? patch : get)(request, url.slice(TASKS.length + 1));
  if (url.startsWith(CHANGES)) return changes(request, url.slice(CHANGES.length));
  if (url === "/.well-known/jwks.json") return keySet();
  if (url === "/today") return today(request);
  if (url === "/login") return logIn();
  return file(url);
}

async function file(url: string): Promise<ApiResponse> {
  const body = files.get(url) ?? (await readFile(`build/client${url}`));
  files.set(url, body);
  return { status: 200, body, type: "text/javascript" };
}

await readKeys();
createServer(async (request, response) => {
  const result = await respondTo(request).catch((error) => ({ status: 500, body: String(error) }) as ApiResponse);
  const { status, body, type = "application/json" } = result;
  if (typeof body === "string" || Buffer.isBuffer(body)) {
    response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
  } else {
    body.pipe(response.writeHead(status, { "Content-Type": type }));
  }
}).listen(Number(process.env.PORT), "127.0.0.1");
