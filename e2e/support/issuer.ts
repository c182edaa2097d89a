import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

/** A token issuer other than the server, which publishes its key set at `url`. */
export interface Issuer {
  url: string;
  /** Published by default. */
  addKey(alg: string, options?: { published: boolean }): Promise<Signer>;
  /** Stops listening at `url` until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

export interface Signer {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

export async function startIssuer(): Promise<Issuer> {
  const keys: JWK[] = [];
  const server = createServer((_request, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ keys }));
  });
  let port = 0;
  async function open() {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  }
  async function close() {
    server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  }
  async function addKey(alg: string, { published } = { published: true }): Promise<Signer> {
    const kid = crypto.randomUUID();
    const pair = await generateKeyPair(alg);
    if (published) keys.push({ ...(await exportJWK(pair.publicKey)), kid, alg, use: "sig" });
    return { kid, alg, ...pair };
  }
  await open();
  return { url: `http://127.0.0.1:${port}/jwks.json`, addKey, close, open };
}

/** Adds no claims of its own. */
export function sign(
  { alg, kid, privateKey }: Signer,
  claims: JWTPayload,
  header: { alg: string; kid?: string } = { alg, kid },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
}
