import {
  CalendarDays,
  CornerDownLeft,
  Database,
  Download,
  History,
  Inbox,
  Keyboard,
  KeyRound,
  List,
  ListPlus,
  Lock,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Plus,
  Search,
  Settings,
  Sun,
  SunMedium,
  Sunrise,
  Trash2,
  Undo2,
} from "lucide-react";
import { useEffect, useRef } from "react";
import type { Command, CommandGroup } from "#app/components/palette/palette-commands.ts";
import { ListDot } from "#app/components/ui/page-parts.tsx";

interface PaletteListProps {
  id: string;
  groups: CommandGroup[];
  current: Command | undefined;
  onHover: (command: Command) => void;
  onRun: (command: Command) => void;
}

export function PaletteList({ id, groups, current, onHover, onRun }: PaletteListProps) {
  const count = groups.reduce((sum, { commands }) => sum + commands.length, 0);
  return (
    <>
      <div id={id} role="listbox" aria-label="What fits" tabIndex={-1} className="max-h-[min(26rem,60dvh)] overflow-y-auto p-2">
        {groups.map(({ heading, commands }) => (
          // biome-ignore lint/a11y/useSemanticElements: a list box can't contain a fieldset.
          <div key={heading} role="group" aria-label={heading}>
            <div aria-hidden="true" className="px-2.5 pt-2 pb-1 text-xs font-semibold text-ink-3">
              {heading}
            </div>
            {commands.map((command) => (
              <Option
                key={command.id}
                id={`${id}-${command.id}`}
                command={command}
                isCurrent={command.id === current?.id}
                onHover={() => onHover(command)}
                onRun={() => onRun(command)}
              />
            ))}
          </div>
        ))}
      </div>
      <div role="status" className="sr-only">
        {count === 1 ? "1 result" : `${count} results`}
      </div>
    </>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  isCurrent: boolean;
  onHover: () => void;
  onRun: () => void;
}

function Option({ id, command, isCurrent, onHover, onRun }: OptionProps) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) option.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox has the focus and refers to the current option.
    <div
      ref={option}
      id={id}
      role="option"
      aria-selected={isCurrent}
      onPointerMove={isCurrent ? undefined : onHover}
      onClick={onRun}
      className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-2.5 text-ink-2 aria-selected:bg-accent-soft aria-selected:text-ink pointer-coarse:min-h-11"
    >
      <CommandIcon command={command} />
      <span className={`min-w-0 truncate font-[480] text-ink ${command.isDone ? "text-ink-3 line-through" : ""}`}>{command.label}</span>
      {command.hint && <span className="max-w-2/5 flex-none truncate text-[13px]">{command.hint}</span>}
      {command.keys && <kbd className="ml-auto flex-none font-sans text-[13px] pointer-coarse:hidden">{command.keys}</kbd>}
      {isCurrent && !command.keys && <CornerDownLeft aria-hidden="true" size={14} className="ml-auto flex-none text-ink-3" />}
    </div>
  );
}

const ICONS: Record<string, LucideIcon> = {
  today: Sun,
  upcoming: CalendarDays,
  inbox: Inbox,
  tasks: List,
  lists: List,
  history: History,
  trash: Trash2,
  settings: Settings,
  password: Lock,
  "access-keys": KeyRound,
  "add-task": Plus,
  "new-list": ListPlus,
  "move-overdue": Sunrise,
  undo: Undo2,
  light: SunMedium,
  dark: Moon,
  system: Monitor,
  data: Database,
  export: Download,
  "show-keys": Keyboard,
  "sign-out": LogOut,
  search: Search,
};

function CommandIcon({ command }: { command: Command }) {
  const Icon = ICONS[command.id];
  if (Icon) return <Icon aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />;
  if (command.isDone === undefined) return <ListDot color={command.color ?? null} />;
  return <span aria-hidden="true" className="box size-4.5" data-done={command.isDone || undefined} />;
}
