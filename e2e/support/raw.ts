import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { DoableServer } from "./server.ts";

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface RawRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** Sent in these pieces; chunked unless a Content-Length is given. */
  chunks?: Iterable<Buffer | string>;
}

/** For requests that fetch refuses to send: any Host, method or target, and bodies without a declared length. */
export async function send(
  server: DoableServer,
  { method = "GET", path = "/", headers = {}, chunks = [] }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(server.url);
  const outgoing = request({ hostname, port, method, path, headers, agent: false });
  const answered = once(outgoing, "response");
  // The server may close the connection before everything is sent.
  outgoing.on("error", () => {});
  for (const chunk of chunks) outgoing.write(chunk);
  outgoing.end();
  const [response] = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** Sends raw bytes and returns everything received until the server closes the connection. */
export async function sendBytes(server: DoableServer, bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes, "latin1");
  const answer = await text(socket);
  socket.destroy();
  return answer;
}
