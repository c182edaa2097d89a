import { useLayoutData } from "#app/components/shell/layout-data.ts";
import { useHasScripts } from "#app/components/ui/use-has-scripts.ts";

/** The id of the task that the form around it makes, so that two clicks make one. Scripts hold the second click back themselves. */
export function NewTaskId() {
  const id = useLayoutData()?.newTaskId;
  const hasScripts = useHasScripts();
  return hasScripts || !id ? null : <input type="hidden" name="id" value={id} />;
}
