import { type RefObject, useEffect, useState } from "react";
import type { RepeatPreview } from "#app/tasks/forms/repeat-preview.ts";

/** Milliseconds. */
const DEBOUNCE = 150;

/** Besides these, the form's `id` names the stored task. */
const FIELDS = ["due", "repeat", "every", "on", "days", "until", "times", "anchor", "rule"];

/** A preview of the repeat that the form around `fields` describes; the saved one until a field is changed. */
export function useRepeatPreview(fields: RefObject<HTMLElement | null>, saved: RepeatPreview): RepeatPreview {
  const [preview, setPreview] = useState(saved);
  useEffect(() => {
    const form = fields.current?.closest("form");
    let pending = new AbortController();
    async function update({ target }: Event) {
      if (!form || !(target instanceof HTMLElement && FIELDS.includes(target.getAttribute("name") ?? ""))) return;
      pending.abort();
      pending = new AbortController();
      const { signal } = pending;
      await new Promise((resolve) => setTimeout(resolve, DEBOUNCE));
      const next = signal.aborted ? undefined : await fetchPreview(form, signal);
      if (next && !signal.aborted) setPreview(next);
    }
    form?.addEventListener("input", update);
    return () => {
      pending.abort();
      form?.removeEventListener("input", update);
    };
  }, [fields]);
  return preview;
}

/** Uses `fetch`, because the router would load a fetcher's data again after every action. `undefined` if the request fails. */
async function fetchPreview(form: HTMLFormElement, signal: AbortSignal): Promise<RepeatPreview | undefined> {
  const texts = [...new FormData(form)].filter(
    (entry): entry is [string, string] => ["id", ...FIELDS].includes(entry[0]) && typeof entry[1] === "string",
  );
  try {
    const response = await fetch(`/repeat?${new URLSearchParams(texts)}`, { signal });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
