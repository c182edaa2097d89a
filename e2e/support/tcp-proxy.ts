import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { pipeline } from "node:stream";

/** A proxy between the server and its Postgres that can be cut and joined again. */
export interface TcpProxy extends AsyncDisposable {
  url: string;
  /** How many connections it has forwarded, and how many of them are open. */
  passed: number;
  open(): number;
  /** Connections attempted while it was cut. */
  refused: number;
  /** Closes all connections, and new ones as they arrive. */
  cut(): void;
  join(): void;
}

export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      proxy.refused += 1;
      near.destroy();
      return;
    }
    proxy.passed += 1;
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    pipeline(near, far, near, () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: TcpProxy = {
    url: url.href,
    passed: 0,
    open: () => sockets.size / 2,
    refused: 0,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    join() {
      isCut = false;
    },
    async [Symbol.asyncDispose]() {
      proxy.cut();
      await server[Symbol.asyncDispose]();
    },
  };
  return proxy;
}
