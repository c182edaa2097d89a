import { useLayoutData } from "#app/components/ui/layout-data.ts";
import { useHasScripts } from "#app/components/ui/use-has-scripts.ts";

/** The id of the task that the enclosing form creates, so that a double click creates one task. Scripts prevent the second submission anyway. */
export function NewTaskId() {
  const id = useLayoutData()?.newTaskId;
  const hasScripts = useHasScripts();
  return hasScripts || !id ? null : <input type="hidden" name="id" value={id} />;
}
