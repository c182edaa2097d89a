import type { MiddlewareFunction } from "react-router";
import { userContext } from "#app/context.ts";
import { env } from "#app/env.server.ts";
import { readForm } from "#app/http/form.ts";
import { consume, limit, retryAfterOf } from "#app/http/limits.server.ts";
import { type TooOften, tooOftenPage } from "#app/http/too-often.ts";

/** Apart from the API's writes, so that a script in a loop does not lock its owner out of the pages. */
const pageWrites = limit("page-writes", env.API_WRITES_PER_MINUTE);

/** Counts the forms that a user submits. Over the limit a form is not handled, and the response has its fields. */
export const limitPageWrites: MiddlewareFunction<Response> = async ({ request, context }, next) => {
  if (request.method === "GET" || request.method === "HEAD") return next();
  try {
    await consume(pageWrites, context.get(userContext).id);
  } catch (error) {
    const seconds = retryAfterOf(error);
    if (seconds === undefined) throw error;
    throw tooOftenPage({ seconds, fields: await fieldsOf(request) });
  }
  return next();
};

/** Without files and passwords, which a page can't show again. */
async function fieldsOf(request: Request): Promise<TooOften["fields"]> {
  const form = await readForm(request);
  return [...form].flatMap(([name, value]) => (typeof value === "string" && !/password/i.test(name) ? [[name, value]] : []));
}
