import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that can kill the script which talks to the server through it. */
export interface FatalProxy {
  url: string;
  requests: number;
  /** Calls `kill` at that request from now on: before the server receives it, or before the script receives the response. */
  arm(at: number, when: "before" | "after", kill: () => void): void;
  close(): Promise<void>;
}

export async function startFatalProxy(target: string): Promise<FatalProxy> {
  let fatal: { at: number; when: "before" | "after"; kill: () => void } | undefined;
  const server = createServer(async (request, response) => {
    proxy.requests += 1;
    const isFatal = proxy.requests === fatal?.at;
    const body = Buffer.concat(await request.toArray());
    if (isFatal && fatal?.when === "before") return fatal.kill();
    const { host: _host, connection: _connection, "transfer-encoding": _encoding, ...headers } = request.headers;
    const answer = await fetch(target + request.url, {
      method: request.method ?? "GET",
      headers: headers as Record<string, string>,
      body: body.length > 0 ? body : null,
    });
    const content = Buffer.from(await answer.arrayBuffer());
    if (isFatal) return fatal?.kill();
    response.writeHead(answer.status, { "Content-Type": answer.headers.get("Content-Type") ?? "" }).end(content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy: FatalProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: 0,
    arm(at, when, kill) {
      proxy.requests = 0;
      fatal = { at, when, kill };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}
