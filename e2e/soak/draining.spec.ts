import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { send } from "../support/raw.ts";
import { type DoableServer, freePort, startServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

test.describe.configure({ timeout: 120_000 });

const hasNginx = spawnSync("nginx", ["-v"]).status === 0;

interface Answer {
  status: number;
  connection: string | undefined;
}

/** Posts without an access key, which is answered with a 401, or a 429, and asks no database. */
async function post(port: number, agent: Agent): Promise<Answer> {
  const posted = request({ host: "127.0.0.1", port, path: "/api/token", method: "POST", agent });
  const answered: Promise<[IncomingMessage]> = once(posted, "response") as never;
  posted.end();
  const [response] = await answered;
  await text(response);
  return { status: response.statusCode ?? 0, connection: response.headers.connection };
}

/** A client on one keep-alive connection, until a response closes it. */
async function client(port: number, answers: Answer[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let isOpen = true; isOpen; isOpen = answers.at(-1)?.connection !== "close") answers.push(await post(port, agent));
  agent.destroy();
}

test("told to stop, the server resets none of 24 busy connections, and tells each to close", async () => {
  await using server = await startServer();
  const port = Number(server.env.PORT);
  const clients = Array.from({ length: 24 }, (): Answer[] => []);
  const closed = Promise.all(clients.map((answers) => client(port, answers)));
  await expect.poll(() => clients.every((answers) => answers.length > 10)).toBe(true);
  server.process.kill("SIGTERM");
  await closed;
  // A 429 is an answer too: the clients share an address.
  expect(clients.flat().filter(({ status }) => ![401, 429].includes(status))).toEqual([]);
  expect(clients.map((answers) => answers.at(-1)?.connection)).toEqual(clients.map(() => "close"));
  await expect.poll(() => server.process.exitCode).toBe(0);
});

test("told to stop, the server responds on each new connection until the first is refused", async () => {
  await using server = await startServer();
  const port = Number(server.env.PORT);
  const clients = Array.from({ length: 24 }, (): Answer[] => []);
  async function connectUntilRefused(answers: Answer[]): Promise<void> {
    const agent = new Agent({ keepAlive: false });
    for (;;) answers.push(await post(port, agent));
  }
  const ends = Promise.allSettled(clients.map(connectUntilRefused));
  await expect.poll(() => clients.every((answers) => answers.length > 10)).toBe(true);
  server.process.kill("SIGTERM");
  const codes = (await ends).map((end) => end.status === "rejected" && end.reason.code);
  expect(codes).toEqual(clients.map(() => "ECONNREFUSED"));
  expect(clients.flat().filter(({ status }) => ![401, 429].includes(status))).toEqual([]);
});

test("while it stops, the server is not ready, answers everything with Connection: close and keeps idle connections for two seconds", async () => {
  await using server = await startServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect((await post(Number(server.env.PORT), agent)).connection).toBe("keep-alive");
  const idle = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
  expect(idle).toHaveLength(1);
  const closed = Promise.all(idle.map((socket) => once(socket, "close")));
  const began = performance.now();
  server.process.kill("SIGTERM");
  await expect.poll(() => server.log.some((line) => line.includes("server.stopping"))).toBe(true);
  for (const [path, status] of [
    ["/readyz", 503],
    ["/healthz", 200],
    ["/login", 200],
    ["/icon.svg", 200],
    ["/api/me", 401],
    ["/nothing", 404],
  ] as const) {
    const answer = await send(server, { path, headers: { Connection: "keep-alive" } });
    expect([answer.status, answer.headers.connection], path).toEqual([status, "close"]);
    if (path === "/readyz") expect(answer.body).toBe("stopping\n");
  }
  await closed;
  expect(performance.now() - began).toBeGreaterThan(1_900);
  await expect.poll(() => server.process.exitCode).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("without a connection, SIGTERM leaves proxies two seconds to ask /readyz, and SIGINT ends the process at once", async () => {
  await using server = await startServer();
  const exited = once(server.process, "exit");
  server.process.kill("SIGTERM");
  await expect.poll(() => server.log.some((line) => line.includes("server.stopping"))).toBe(true);
  expect(await send(server, { path: "/readyz", headers: { Connection: "close" } })).toMatchObject({ status: 503 });
  await exited;
  await using other = await server.restart();
  const began = performance.now();
  const interrupted = once(other.process, "exit");
  other.process.kill("SIGINT");
  expect(await interrupted).toEqual([0, null]);
  expect(performance.now() - began).toBeLessThan(1_900);
});

/** nginx in front of the servers, which it takes in turns, with connections to them that it keeps. */
async function startNginx(servers: DoableServer[]): Promise<{ port: number; process: ChildProcess; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "doable-nginx-"));
  const port = await freePort();
  const upstreams = servers.map(({ env }) => `server 127.0.0.1:${env.PORT} max_fails=1 fail_timeout=1s;`).join(" ");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/errors;
    events {}
    http {
      access_log off; ${temporary.join(" ")}
      upstream doable { ${upstreams} keepalive 24; }
      server {
        listen 127.0.0.1:${port}; keepalive_requests 1000000;
        location / { proxy_pass http://doable; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; }
      }
    }`,
  );
  const child = spawn("nginx", ["-c", join(folder, "nginx.conf"), "-e", join(folder, "errors")], { stdio: "ignore" });
  const exited = once(child, "exit");
  async function remove() {
    child.kill("SIGTERM");
    await exited;
    await rm(folder, { recursive: true });
  }
  const agent = new Agent();
  await expect.poll(() => post(port, agent).catch(() => undefined), { timeout: 20_000 }).toBeDefined();
  return { port, process: child, remove };
}

test("behind nginx, two instances that restart in turns lose no POST", async () => {
  test.skip(!hasNginx, "There is no nginx here.");
  await using first = await startServer();
  await using second = await startServer();
  const nginx = await startNginx([first, second]);
  const answers: Answer[] = [];
  let isOver = false;
  async function postUntilOver() {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!isOver) answers.push(await post(nginx.port, agent));
    agent.destroy();
  }
  const clients = Promise.all(Array.from({ length: 24 }, postUntilOver));
  for (const server of [first, second]) {
    const before = answers.length;
    await expect.poll(() => answers.length).toBeGreaterThan(before + 200);
    await server.restart();
  }
  isOver = true;
  await clients;
  expect(answers.filter(({ status }) => ![401, 429].includes(status))).toEqual([]);
  await nginx.remove();
});
