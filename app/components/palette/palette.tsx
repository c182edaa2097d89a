import { Search } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from "react";
import { type Command, commandsFor } from "#app/components/palette/palette-commands.ts";
import { PaletteList } from "#app/components/palette/palette-list.tsx";
import { useRunCommand } from "#app/components/palette/use-run-command.ts";
import { useTaskSearch } from "#app/components/palette/use-task-search.ts";
import { useLists } from "#app/components/ui/layout-data.ts";

interface PaletteProps {
  dialog: RefObject<HTMLDialogElement | null>;
  onClose: () => void;
}

export function Palette({ dialog, onClose }: PaletteProps) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const lists = useLists();
  const tasks = useTaskSearch(query, lists);
  const groups = commandsFor(query, lists, tasks);
  const commands = groups.flatMap((group) => group.commands);
  const current = commands[Math.min(active, commands.length - 1)];
  useEffect(() => dialog.current?.showModal(), [dialog]);
  const listId = useId();
  const runCommand = useRunCommand();
  function run(command: Command) {
    // Closed first: closing restores the focus, which the command may move afterwards.
    dialog.current?.close();
    runCommand(command);
  }
  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const next = nextIndex(event.key, commands.indexOf(current as Command), commands.length);
    if (next !== undefined) setActive(next);
    else if (event.key === "Enter" && current) run(current);
    else return;
    event.preventDefault();
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog.
    <dialog
      ref={dialog}
      aria-label="Search or jump to"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      className="mx-auto mt-[12dvh] mb-auto w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-2xl border border-line bg-surface text-ink shadow-raised transition-[opacity,translate] duration-150 backdrop:bg-black/40 starting:open:-translate-y-1 starting:open:opacity-0 max-desk:mt-4"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none text-ink-3" />
        <input
          role="combobox"
          aria-label="Search or jump to"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={current && `${listId}-${current.id}`}
          placeholder="Search or jump to…"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
          className="h-13 min-w-0 flex-1 bg-transparent text-base outline-none"
        />
        <button type="button" onClick={() => dialog.current?.close()} className="button-quiet -mr-2 desk:hidden">
          Cancel
        </button>
      </div>
      <PaletteList id={listId} groups={groups} current={current} onHover={(command) => setActive(commands.indexOf(command))} onRun={run} />
    </dialog>
  );
}

/** The index that an arrow key moves to, wrapping around; `undefined` for another key. */
function nextIndex(key: string, from: number, count: number): number | undefined {
  if (key === "ArrowDown") return (from + 1) % count;
  if (key === "ArrowUp") return (from - 1 + count) % count;
  return undefined;
}
