import { useRouteLoaderData } from "react-router";
import { useHasScripts } from "#app/components/ui/use-has-scripts.ts";
import type { loader } from "#app/routes/signed-in.tsx";

/** The id of the task that the form around it makes, so that two clicks make one. Scripts hold the second click back themselves. */
export function NewTaskId() {
  const id = useRouteLoaderData<typeof loader>("routes/signed-in")?.newTaskId;
  const hasScripts = useHasScripts();
  return hasScripts || !id ? null : <input type="hidden" name="id" value={id} />;
}
