import { useEffect, useState } from "react";
import { type Command, isIn, type PaletteTask } from "#app/components/palette/palette-commands.ts";
import type { useLists } from "#app/components/shell/layout-data.ts";

/** How long the typing must pause. */
const PAUSE = 120;

const NOTHING = { text: "", tasks: [] };

/** The tasks that the server finds for these words. Until it has answered, what it found for the words before and fits these as well. */
export function useFoundTasks(query: string, lists: ReturnType<typeof useLists>): Command[] {
  const [found, setFound] = useState<{ text: string; tasks: PaletteTask[] }>(NOTHING);
  const text = query.trim();
  useEffect(() => {
    if (text === "") return setFound(NOTHING);
    const outdated = new AbortController();
    const timer = setTimeout(async () => {
      const tasks = await find(text, outdated.signal);
      if (!outdated.signal.aborted) setFound({ text, tasks });
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [text]);
  const fitting = found.tasks.filter(({ title }) => found.text === text || isIn(title, text));
  return fitting.map(({ id, title, isDone, listId, due }) => {
    const list = lists.find((one) => one.id === listId)?.name;
    return { id, label: title, isDone, hint: [due, list].filter(Boolean).join(" · "), to: `/task/${id}` };
  });
}

/** Without an answer nothing is found; the search page is offered in any case. */
async function find(q: string, signal: AbortSignal): Promise<PaletteTask[]> {
  try {
    const answer = await fetch(`/find?${new URLSearchParams({ q })}`, { signal });
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}
