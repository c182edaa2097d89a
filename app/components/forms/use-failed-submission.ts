import { type RefObject, useEffect } from "react";
import { useLocation } from "react-router";
import { tell, useNews } from "#app/components/ui/notifications.ts";
import { type FieldErrors, textFields } from "#app/http/form.ts";

/**
 * Puts a form that came back into the box again, unless the next title is there by now: then what came back is said. The box of
 * a page gets what is no subtask; `parent` has one for its own. A subtask whose parent's page is left by then is said as well.
 */
export function useReturned(
  form: RefObject<HTMLFormElement | null>,
  onReturn: (texts: { title?: string; lines?: string }, errors: FieldErrors | undefined) => void,
  parent?: string,
): void {
  const { returned } = useNews();
  const { pathname } = useLocation();
  useEffect(() => {
    const fields = form.current?.elements;
    if (!returned || !fields) return;
    const texts: { title?: string; lines?: string; parent?: string } = textFields(returned.form);
    const isMine = texts.parent === parent;
    if (!isMine && (parent !== undefined || pathname === `/task/${texts.parent}`)) return;
    const box = fields.namedItem("title") as HTMLInputElement;
    tell({ returned: undefined });
    if (!isMine || box.value !== "" || box.disabled)
      return tell({ said: { text: `Not added: ${texts.title ?? texts.lines}`, lasts: true } });
    for (const [name, value] of Object.entries(texts)) {
      const field = fields.namedItem(name);
      if (field && "value" in field && name !== "intent") field.value = value;
    }
    box.focus();
    onReturn(texts, returned.errors);
  });
}
