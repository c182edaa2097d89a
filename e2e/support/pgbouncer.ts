import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./server.ts";

/** A PgBouncer in front of a Postgres. */
export interface PgBouncer extends AsyncDisposable {
  /** The database's URL by way of here. */
  url: string;
}

export function hasPgBouncer(): boolean {
  return spawnSync("pgbouncer", ["--version"]).status === 0;
}

/** With few connections to the server, so that in transaction mode clients take turns on them. */
export async function startPgBouncer(
  databaseUrl: string,
  poolSize = 2,
  poolMode: "session" | "transaction" = "transaction",
): Promise<PgBouncer> {
  const target = new URL(databaseUrl);
  const [folder, port] = [await mkdtemp(join(tmpdir(), "doable-pgbouncer-")), await freePort()];
  const login = `user=${decodeURIComponent(target.username)}${target.password && ` password=${decodeURIComponent(target.password)}`}`;
  const config = [
    "[databases]",
    `* = host=${target.hostname} port=${target.port || 5432} ${login}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    `pool_mode = ${poolMode}`,
    `default_pool_size = ${poolSize}`,
  ];
  await writeFile(join(folder, "pgbouncer.ini"), config.join("\n"), { mode: 0o644 });
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  if ("uid" in user) spawnSync("chmod", ["755", folder]);
  const child = spawn("pgbouncer", [join(folder, "pgbouncer.ini")], { stdio: "ignore", ...user });
  const exited = once(child, "exit");
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error("PgBouncer did not start");
    await delay(50);
  }
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
