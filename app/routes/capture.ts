import { type UserRef, userContext } from "#app/context.ts";
import { readForm } from "#app/http/form.ts";
import { unstoredJsonResponse } from "#app/http/response.ts";
import { captureNames } from "#app/lists/capture-names.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { capture } from "#app/tasks/capture/capture.ts";
import { captureContext, chipsOf, type LinePreview } from "#app/tasks/capture/chips.ts";
import { parseLines } from "#app/tasks/capture/lines.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Route } from "./+types/capture";

/** Saves nothing. */
export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const text = url.searchParams.get("text") ?? "";
  const captured = capture(text, captureContext(user, await namesIn(text, user), url.searchParams.getAll("rejected")));
  return unstoredJsonResponse({ text, chips: chipsOf(captured, user) });
}

/** Previews each line of a pasted text; a POST, as it may be too long for a URL. */
export async function action({ request, context }: Route.ActionArgs) {
  const user = context.get(userContext);
  const form = await readForm(request);
  const rejected = form.getAll("rejected").map(String);
  const text = String(form.get("lines") ?? "");
  const lines = parseLines(text, captureContext(user, await namesIn(text, user), rejected));
  return unstoredJsonResponse(
    lines.map(({ captured, parent }): LinePreview => ({ title: captured.fields.title, parent, chips: chipsOf(captured, user) })),
  );
}

function namesIn(text: string, user: UserRef) {
  return captureNames(text, listsOf(user), tasksOf(user));
}
