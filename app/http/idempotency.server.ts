import { createHash } from "node:crypto";
import type { RouterContextProvider } from "react-router";
import { userContext, writeTransactionContext } from "#app/context.ts";
import { beginWriteTransaction, transactionOf, type WriteTransaction, withSavepoint } from "#app/db/writer.server.ts";
import { type KeptAnswer, keptAnswersOf } from "#app/http/idempotency-store.server.ts";
import { Problem } from "#app/http/problem.ts";
import { catchProblems } from "#app/http/resource.ts";

interface RequestArgs {
  request: Request;
  url: URL;
  context: Readonly<RouterContextProvider>;
}

/** What a key is: any text of visible ASCII characters and spaces. */
const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * Runs the handler of an unsafe request at most once for each Idempotency-Key of the user (draft-ietf-httpapi-idempotency-key-header);
 * without a key, every time. With one, all that the handler does is part of the transaction in `writeTransactionContext`, and so is keeping its answer:
 * either both are there afterwards or neither is, whenever the process ends. A fault is not kept, nor a 429. Any other refusal is kept,
 * without its effects.
 */
export async function oncePerKey<Args extends RequestArgs>(
  args: Args,
  handler: (args: Args) => Promise<Response> | Response,
): Promise<Response> {
  const key = args.request.headers.get("Idempotency-Key");
  if (key === null) return handler(args);
  if (!KEY.test(key)) throw new Problem("malformed_request", { detail: "Idempotency-Key must have 1 to 255 characters of visible ASCII" });
  // Before anything is held: a body may be slow to come.
  const body = Buffer.from(await args.request.arrayBuffer());
  const request = new Request(args.request, { body });
  return answerOnce(args, key, hashOf(args, body), () => handler({ ...args, request }));
}

async function answerOnce({ context }: RequestArgs, key: string, requestHash: Buffer, work: () => Promise<Response> | Response) {
  const userId = context.get(userContext).id;
  try {
    return await transactionOf(userId, async (trx) => {
      const answers = keptAnswersOf(userId, trx);
      if (!(await answers.claim(key))) throw new Problem("idempotency_in_progress", { headers: { "Retry-After": "1" } });
      const kept = await answers.find(key);
      if (kept) return replayed(kept, requestHash);
      const answer = await answerIn(context, await beginWriteTransaction(trx, userId), work);
      const body = Buffer.from(await answer.arrayBuffer());
      const { status, headers } = answer;
      await answers.keep(key, { requestHash, status, headers: [...headers], body });
      return responseOf(status, headers, body);
    });
  } catch (error) {
    if (error instanceof Undone) return error.answer;
    throw error;
  } finally {
    context.set(writeTransactionContext, null);
  }
}

/** The work's answer; for a refusal, its effects are undone. Throws `Undone` for an answer that is not to be kept. */
async function answerIn(
  context: RequestArgs["context"],
  transaction: WriteTransaction,
  work: () => Promise<Response> | Response,
): Promise<Response> {
  context.set(writeTransactionContext, transaction);
  try {
    return await withSavepoint(transaction, async () => {
      const answer = await catchProblems(context, work);
      if (answer.status >= 400) throw new Undone(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Undone && isLasting(error.answer)) return error.answer;
    throw error;
  }
}

/** Not a fault, and not a limit of the moment: the same request would be refused the same way. */
function isLasting({ status }: Response): boolean {
  return status < 500 && status !== 429;
}

/** Rolls back what came to this answer. */
class Undone {
  readonly answer: Response;
  constructor(answer: Response) {
    this.answer = answer;
  }
}

function replayed({ requestHash, status, headers, body }: KeptAnswer, sentHash: Buffer): Response {
  if (!requestHash.equals(sentHash)) throw new Problem("idempotency_key_reused");
  return responseOf(status, [...headers, ["Idempotency-Replayed", "true"]], body);
}

function responseOf(status: number, headers: HeadersInit, body: Buffer): Response {
  return new Response(body.length === 0 ? null : new Uint8Array(body), { status, headers });
}

/** Of all that makes it the same request; `me` and the user's id are one path. */
function hashOf({ request, url }: RequestArgs, body: Buffer): Buffer {
  const path = url.pathname.replace(/^\/api\/[^/]+/, "/api/me");
  const parts = [request.method, path, url.search, request.headers.get("Content-Type"), request.headers.get("If-Match")];
  return createHash("sha256").update(JSON.stringify(parts)).update(body).digest();
}
