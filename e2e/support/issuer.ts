import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

/** Somebody else who signs tokens, and publishes a key set at `url`. */
export interface Issuer {
  url: string;
  /** A new key; published unless it is said otherwise. */
  addKey(alg: string, options?: { published: boolean }): Promise<Signer>;
  /** Nothing listens at `url` any more, until `open`. */
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

/** Exactly these claims, and this header unless it is said otherwise. */
export function sign(
  { alg, kid, privateKey }: Signer,
  claims: JWTPayload,
  header: { alg: string; kid?: string } = { alg, kid },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
}
