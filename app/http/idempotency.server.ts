import { createHash } from "node:crypto";
import { createContext, type RouterContextProvider } from "react-router";
import { userContext } from "#app/context.ts";
import { beginWriteTransaction, transactionOf, type WriteTransaction, withSavepoint } from "#app/db/writer.server.ts";
import { MAX_IDEMPOTENCY_KEY } from "#app/http/idempotency-key.ts";
import { idempotencyStoreOf, type StoredResponse } from "#app/http/idempotency-store.server.ts";
import { Problem } from "#app/http/problem.ts";
import { catchProblems } from "#app/http/resource.ts";

/** The transaction for all writes of the request; null without an Idempotency-Key. */
export const writeTransactionContext = createContext<WriteTransaction | null>(null);

interface RequestArgs {
  request: Request;
  url: URL;
  context: Readonly<RouterContextProvider>;
}

type Handle = () => Promise<Response> | Response;

const KEY = new RegExp(`^[\\x20-\\x7e]{1,${MAX_IDEMPOTENCY_KEY}}$`);

/**
 * Runs a request's handler at most once per Idempotency-Key of the user (draft-ietf-httpapi-idempotency-key-header);
 * without the header, every time. The handler's writes and the stored response share the transaction in
 * `writeTransactionContext`, so a crash leaves both or neither. 5xx and 429 responses are not stored.
 * Other 4xx responses are stored, and the handler's writes are rolled back.
 */
export async function oncePerKey<Args extends RequestArgs>(
  args: Args,
  handler: (args: Args) => Promise<Response> | Response,
): Promise<Response> {
  const key = args.request.headers.get("Idempotency-Key");
  if (key === null) return handler(args);
  if (!KEY.test(key))
    throw new Problem("malformed_request", { detail: `Idempotency-Key must have 1 to ${MAX_IDEMPOTENCY_KEY} characters of visible ASCII` });
  // Read before the transaction begins: a slow body must not hold a connection.
  const body = Buffer.from(await args.request.arrayBuffer());
  // A request for each run: the transaction may be repeated.
  return runOrReplay(args, key, fingerprintOf(args, body), () => handler({ ...args, request: new Request(args.request, { body }) }));
}

async function runOrReplay({ context }: RequestArgs, key: string, fingerprint: Buffer, handle: Handle): Promise<Response> {
  const user = context.get(userContext);
  try {
    return await transactionOf(user.id, async (trx) => {
      const store = idempotencyStoreOf(user.id, trx);
      if (!(await store.lock(key))) throw new Problem("idempotency_in_progress", { headers: { "Retry-After": "1" } });
      const stored = await store.find(key);
      if (stored) return replay(stored, fingerprint);
      const response = await runIn(await beginWriteTransaction(trx, user), context, handle);
      const body = Buffer.from(await response.arrayBuffer());
      const { status, headers } = response;
      await store.save(key, { fingerprint, status, headers: [...headers], body });
      return responseOf(status, headers, body);
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.response;
    throw error;
  } finally {
    context.set(writeTransactionContext, null);
  }
}

/** An error response rolls back the handler's writes. Throws `RolledBack` for a response that must not be stored. */
async function runIn(transaction: WriteTransaction, context: RequestArgs["context"], handle: Handle): Promise<Response> {
  context.set(writeTransactionContext, transaction);
  try {
    return await withSavepoint(transaction, async () => {
      const response = await catchProblems(context, handle);
      if (response.status >= 400) throw new RolledBack(response);
      return response;
    });
  } catch (error) {
    if (error instanceof RolledBack && isReplayable(error.response)) return error.response;
    throw error;
  }
}

function isReplayable({ status }: Response): boolean {
  return status < 500 && status !== 429;
}

class RolledBack {
  readonly response: Response;
  constructor(response: Response) {
    this.response = response;
  }
}

function replay({ fingerprint, status, headers, body }: StoredResponse, requestFingerprint: Buffer): Response {
  if (!fingerprint.equals(requestFingerprint)) throw new Problem("idempotency_key_reused");
  return responseOf(status, [...headers, ["Idempotency-Replayed", "true"]], body);
}

function responseOf(status: number, headers: HeadersInit, body: Buffer): Response {
  return new Response(body.length === 0 ? null : new Uint8Array(body), { status, headers });
}

/** Covers everything that tells requests apart; `me` and the user's id count as the same path. */
function fingerprintOf({ request, url }: RequestArgs, body: Buffer): Buffer {
  const path = url.pathname.replace(/^\/api\/[^/]+/, "/api/me");
  const parts = [request.method, path, url.search, request.headers.get("Content-Type"), request.headers.get("If-Match")];
  return createHash("sha256").update(JSON.stringify(parts)).update(body).digest();
}
