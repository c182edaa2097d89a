import {
  ArchiveRestore,
  ArrowDownUp,
  ArrowRight,
  CalendarDays,
  Check,
  Circle,
  Flag,
  List,
  type LucideIcon,
  Pencil,
  Plus,
  Terminal,
  Trash2,
} from "lucide-react";
import { Form, Link } from "react-router";
import type { ChangeIcon } from "#app/pages/change-verbs.ts";
import type { HistoryDay, HistoryLine } from "#app/pages/history-page.server.ts";

export function HistoryDaySection({ day: { date, title, sub, lines } }: { day: HistoryDay }) {
  return (
    <section aria-labelledby={`day-${date}`} className="mt-7.5">
      <header className="flex items-baseline gap-2 px-0.5 pb-1.5">
        <h2 id={`day-${date}`} className="text-sm font-[640]">
          {title}
        </h2>
        {sub && <span className="text-[13px] text-ink-3">{sub}</span>}
      </header>
      <ul className="border-t border-line">
        {lines.map((line) => (
          <Row key={line.change} line={line} />
        ))}
      </ul>
    </section>
  );
}

/** On narrow screens the time is below the sentence. */
function Row({ line }: { line: HistoryLine }) {
  const Icon = ICONS[line.icon];
  return (
    <li className="grid min-h-11 grid-cols-[18px_minmax(0,1fr)_64px] gap-x-3 border-b border-line px-1 py-2.5 desk:grid-cols-[18px_minmax(0,1fr)_auto_64px]">
      <Icon aria-hidden="true" size={18} strokeWidth={1.75} className="mt-0.5 text-ink-3" />
      <p className={`min-w-0 text-pretty wrap-anywhere ${line.isUndone ? "text-ink-3 line-through decoration-ink-3/50" : ""}`}>
        <Sentence line={line} />
      </p>
      <time
        dateTime={line.at}
        className="col-start-2 row-start-2 text-[13px] leading-5.5 text-ink-3 tabular-nums desk:col-start-3 desk:row-start-1"
      >
        {line.time}
      </time>
      <div className="col-start-3 row-span-2 row-start-1 self-center text-right text-sm leading-5.5 desk:col-start-4 desk:row-span-1 desk:self-start">
        <State line={line} />
      </div>
    </li>
  );
}

function Sentence({ line: { script, verb, subject, href, rest, detail, isUndone } }: { line: HistoryLine }) {
  const quiet = isUndone ? "" : "text-ink-2";
  return (
    <>
      {script === undefined ? `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ` : <Script name={script} quiet={quiet} verb={verb} />}
      {href ? (
        <Link to={href} className="font-[550] hover:underline hover:decoration-ink-3 hover:underline-offset-3 pointer-coarse:py-3">
          {subject}
        </Link>
      ) : (
        subject
      )}
      {rest && ` ${rest}`}
      {detail && <span className={quiet}> · {detail}</span>}
    </>
  );
}

function Script({ name, quiet, verb }: { name: string | null; quiet: string; verb: string }) {
  return (
    <>
      A script {name !== null && <span className={quiet}>({name}) </span>}
      {verb}{" "}
    </>
  );
}

/** The action of a change that can still be undone or redone, else its state. */
function State({ line }: { line: HistoryLine }) {
  if (line.undoNext === null) return line.isUndone ? <span className="text-ink-3">Undone</span> : null;
  const label = line.isUndone ? "Redo" : "Undo";
  return (
    <Form method="post" preventScrollReset className="-my-[11px] desk:-my-[5px]">
      <input type="hidden" name="change" value={line.undoNext} />
      <button
        type="submit"
        name="intent"
        value={label.toLowerCase()}
        aria-label={`${label}: ${line.text}`}
        className="-mr-2 h-11 min-w-14 rounded-lg px-2 text-right font-semibold text-accent transition-colors duration-150 hover:bg-accent-soft desk:h-8 desk:pointer-coarse:h-11"
      >
        {label}
      </button>
    </Form>
  );
}

const ICONS: Record<ChangeIcon, LucideIcon> = {
  created: Plus,
  updated: Pencil,
  moved: ArrowDownUp,
  completed: Check,
  reopened: Circle,
  deleted: Trash2,
  restored: ArchiveRestore,
  purged: Trash2,
  list: List,
  date: CalendarDays,
  priority: Flag,
  "list-move": ArrowRight,
  script: Terminal,
};
