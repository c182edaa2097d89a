import { type RefObject, useEffect, useState } from "react";
import type { RepeatPreview } from "#app/tasks/forms/repeat-preview.ts";

/** How long the typing must pause. */
const PAUSE = 150;

const FIELDS = ["due", "repeat", "every", "on", "days", "until", "times", "anchor", "rule"];

/** The repeat as the form around `fields` has it so far; as it is saved until somebody changes that. */
export function useRepeatPreview(fields: RefObject<HTMLElement | null>, saved: RepeatPreview): RepeatPreview {
  const [preview, setPreview] = useState(saved);
  useEffect(() => {
    const form = fields.current?.closest("form");
    let outdated = new AbortController();
    async function look({ target }: Event) {
      if (!form || !(target instanceof HTMLElement && FIELDS.includes(target.getAttribute("name") ?? ""))) return;
      outdated.abort();
      outdated = new AbortController();
      const { signal } = outdated;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      const seen = signal.aborted ? undefined : await previewOf(form, signal);
      if (seen && !signal.aborted) setPreview(seen);
    }
    form?.addEventListener("input", look);
    return () => {
      outdated.abort();
      form?.removeEventListener("input", look);
    };
  }, [fields]);
  return preview;
}

/** Asked for past the router, which would ask again after every action. Without an answer it stays as it is. */
async function previewOf(form: HTMLFormElement, signal: AbortSignal): Promise<RepeatPreview | undefined> {
  const texts = [...new FormData(form)].filter(
    (entry): entry is [string, string] => FIELDS.includes(entry[0]) && typeof entry[1] === "string",
  );
  try {
    const answer = await fetch(`/repeat?${new URLSearchParams(texts)}`, { signal });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}
