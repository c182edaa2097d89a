import { useEffect, useState } from "react";
import { type Command, matchesWords, type PaletteTask } from "#app/components/palette/palette-commands.ts";
import type { useLists } from "#app/components/ui/layout-data.ts";

/** Milliseconds. */
const DEBOUNCE = 120;

interface SearchResult {
  query: string;
  tasks: PaletteTask[];
}

const NO_RESULT: SearchResult = { query: "", tasks: [] };

/** The tasks that match the query. Until the server responds, those of its previous result whose title matches. */
export function useTaskSearch(text: string, lists: ReturnType<typeof useLists>): Command[] {
  const [result, setResult] = useState(NO_RESULT);
  const query = text.trim();
  useEffect(() => {
    if (query === "") return setResult(NO_RESULT);
    const pending = new AbortController();
    const timer = setTimeout(async () => {
      const tasks = await searchTasks(query, pending.signal);
      if (!pending.signal.aborted) setResult({ query, tasks });
    }, DEBOUNCE);
    return () => {
      clearTimeout(timer);
      pending.abort();
    };
  }, [query]);
  const matches = result.tasks.filter(({ title }) => result.query === query || matchesWords(title, query));
  return matches.map(({ id, title, isDone, listId, due }) => {
    const list = lists.find((one) => one.id === listId)?.name;
    return { id, label: title, isDone, hint: [due, list].filter(Boolean).join(" · "), to: `/task/${id}` };
  });
}

/** No tasks if the request fails: the palette always offers the search page. */
async function searchTasks(q: string, signal: AbortSignal): Promise<PaletteTask[]> {
  try {
    const response = await fetch(`/find?${new URLSearchParams({ q })}`, { signal });
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}
