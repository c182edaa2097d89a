import { useSyncExternalStore } from "react";
import type { Said } from "#app/components/address.ts";
import type { FieldErrors } from "#app/http/form.ts";

/** A form for a new task that came back: refused, or never arrived. */
export interface Returned {
  form: FormData;
  errors: FieldErrors | undefined;
}

interface News {
  /** Null: what was said is over. Undefined: nothing was said yet, so the address may still have the word. */
  said: Said | null | undefined;
  returned: Returned | undefined;
}

/** What came of the forms that scripts have sent. None of it stands in an address, so a reload says nothing twice. */
let news: News = { said: undefined, returned: undefined };
const readers = new Set<() => void>();

export function tell(more: Partial<News>): void {
  news = { ...news, ...more };
  for (const read of readers) read();
}

export function useNews(): News {
  return useSyncExternalStore(subscribe, current, onServer);
}

const QUIET: News = { said: undefined, returned: undefined };

function current(): News {
  return news;
}

function onServer(): News {
  return QUIET;
}

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => readers.delete(read);
}
