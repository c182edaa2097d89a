import { userContext } from "#app/context.ts";
import { answerJson } from "#app/http/answer.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { capture } from "#app/tasks/capture.ts";
import { captureContext, chipsOf } from "#app/tasks/capture-chips.ts";
import type { Route } from "./+types/capture";

/** What the capture box would make of a text, as chips: nothing is saved. */
export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const text = url.searchParams.get("text") ?? "";
  const captured = capture(text, captureContext(user, await listsOf(user).list(), url.searchParams.getAll("rejected")));
  return answerJson({ text, chips: chipsOf(captured, user) });
}
