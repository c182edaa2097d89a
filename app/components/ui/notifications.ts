import { useSyncExternalStore } from "react";
import type { Said } from "#app/components/ui/flash.ts";
import type { FieldErrors } from "#app/http/form.ts";

/** A form for a new task that came back: refused, or never arrived. */
interface Returned {
  form: FormData;
  errors: FieldErrors | undefined;
}

interface News {
  /** Null: what was said is over. Undefined: nothing was said yet, so the address may still have the word. */
  said: Said | null | undefined;
  returned: Returned | undefined;
  /** How often something was said. */
  count: number;
}

const QUIET: News = { said: undefined, returned: undefined, count: 0 };

/** What came of the forms that scripts have sent. None of it stands in an address, so a reload says nothing twice. */
let news = QUIET;
const readers = new Set<() => void>();

/** Only to somebody who is there: what comes after a person has logged out is not for the next one. */
export function tell(more: Partial<Omit<News, "count">>): void {
  if (!hasReaders()) return;
  news = { ...news, ...more, count: news.count + ("said" in more ? 1 : 0) };
  for (const read of readers) read();
}

/** Takes a message back, if it is the last one. */
export function unsay(said: Said): void {
  if (news.said === said) tell({ said: null });
}

/** Whether anybody would be told. */
export function hasReaders(): boolean {
  return readers.size > 0;
}

export function useNews(): News {
  return useSyncExternalStore(subscribe, current, onServer);
}

function current(): News {
  return news;
}

function onServer(): News {
  return QUIET;
}

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => {
    readers.delete(read);
    if (readers.size === 0) news = QUIET;
  };
}
