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

interface Options {
  /** Connections to the server: few, so that clients take turns on them. */
  poolSize?: number;
  mode?: "session" | "transaction" | "statement";
  /** Takes only connections with TLS, with a certificate that it signed itself. */
  tls?: boolean;
}

export async function startPgBouncer(
  databaseUrl: string,
  { poolSize = 2, mode = "transaction", tls = false }: Options = {},
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
    `pool_mode = ${mode}`,
    `default_pool_size = ${poolSize}`,
    ...(tls ? tlsConfig(folder) : []),
  ];
  await writeFile(join(folder, "pgbouncer.ini"), config.join("\n"), { mode: 0o644 });
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  if ("uid" in user) spawnSync("chmod", ["-R", "a+rX", folder]);
  const child = spawn("pgbouncer", [join(folder, "pgbouncer.ini")], { stdio: "ignore", ...user });
  const exited = once(child, "exit");
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error("PgBouncer did not start");
    await delay(50);
  }
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  if (tls) url.searchParams.set("sslmode", "no-verify");
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

function tlsConfig(folder: string): string[] {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate]);
  return ["client_tls_sslmode = require", `client_tls_key_file = ${key}`, `client_tls_cert_file = ${certificate}`];
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
