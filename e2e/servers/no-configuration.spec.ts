import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { freePort } from "../support/server.ts";

test.skip(process.env.TEST_DATABASE_URL !== undefined, "with a Postgres there is something to configure");

async function startInNewFolder(env: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), "doable-new-"));
  for (const name of ["build", "migrations", "node_modules", "package.json"]) await symlink(resolve(name), join(folder, name));
  const child = spawn(process.execPath, ["build/server/index.js"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const log: string[] = [];
  child.stdout.on("data", (chunk) => log.push(...String(chunk).split("\n").filter(Boolean)));
  const exited = once(child, "exit");
  return {
    folder,
    log,
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

test("without configuration the server starts, stores data in .data, and logs its URL and new secret", async () => {
  const port = String(await freePort());
  await using server = await startInNewFolder({ PATH: process.env.PATH ?? "", PORT: port });
  const url = `http://localhost:${port}`;
  await expect.poll(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status, { timeout: 30_000 }).toBe(200);
  expect((await fetch(`${url}/login`)).status).toBe(200);

  const messages = server.log.map((line) => JSON.parse(line).msg);
  expect(messages.at(-1)).toBe(`Doable is ready on ${url}`);
  expect(messages.filter((message) => /secret/i.test(message))).toEqual(["no BETTER_AUTH_SECRET: made one and kept it in .data/secret"]);

  const data = join(server.folder, ".data");
  expect((await stat(data)).mode & 0o777).toBe(0o700);
  expect((await stat(join(data, "secret"))).mode & 0o777).toBe(0o600);
  const secret = await readFile(join(data, "secret"), "utf8");
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(server.log.join("\n")).not.toContain(secret);
});
