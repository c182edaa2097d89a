import { Section } from "#app/components/ui/page-parts.tsx";

export interface TaskEvent {
  version: number;
  changes: string[];
  when: string;
}

/** `events` are the task's changes, newest first. */
export function TaskHistory({ events }: { events: TaskEvent[] }) {
  return (
    <Section title="History" count={events.length}>
      <ol className="border-t border-line text-sm">
        {events.map(({ version, changes, when }) => (
          <li key={version} className="flex flex-col gap-x-4 border-b border-line px-0.5 py-2 desk:flex-row desk:justify-between">
            <div className="flex min-w-0 flex-col gap-1 break-words">
              {changes.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
            <p className="flex-none text-[13px] text-ink-3">{when}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
