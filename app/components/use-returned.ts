import { type RefObject, useEffect } from "react";
import { tell, useNews } from "#app/components/news.ts";
import { type FieldErrors, textFields } from "#app/http/form.ts";

/** Puts a form that came back into the box again, unless the next title is there by now: then what came back is said. */
export function useReturned(
  form: RefObject<HTMLFormElement | null>,
  onReturn: (texts: { title?: string; lines?: string }, errors: FieldErrors | undefined) => void,
): void {
  const { returned } = useNews();
  useEffect(() => {
    const fields = form.current?.elements;
    if (!returned || !fields) return;
    const texts = textFields(returned.form);
    const box = fields.namedItem("title") as HTMLInputElement;
    tell({ returned: undefined });
    if (box.value !== "" || box.disabled) return tell({ said: { text: `Not added: ${texts.title ?? texts.lines}`, lasts: true } });
    for (const [name, value] of Object.entries(texts)) {
      const field = fields.namedItem(name);
      if (field && "value" in field && name !== "intent") field.value = value;
    }
    box.focus();
    onReturn(texts, returned.errors);
  });
}
