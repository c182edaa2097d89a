import { Link } from "react-router";
import { Empty, PageHead } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { historyPageData } from "#app/pages/history-page.server.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { HistoryDaySection } from "#app/routes/history-rows.tsx";
import type { Route } from "./+types/history";

export async function loader({ url, context }: Route.LoaderArgs) {
  return historyPageData(context.get(userContext), url);
}

export function action(args: Route.ActionArgs) {
  return taskAction(args);
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

const LINK =
  "inline-flex h-11 items-center text-sm font-[550] text-accent hover:underline hover:underline-offset-3 desk:h-9 desk:pointer-coarse:h-11";

export default function History({ loaderData: { days, isFirst, nextCursor } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title="History" sub={<Explanation />} />
      {days.length === 0 && nextCursor === null && (
        <Empty title="Nothing has changed yet">
          What you and your scripts do is listed here for 90 days, and can be undone for 10 minutes.
        </Empty>
      )}
      {days.map((day) => (
        <HistoryDaySection key={day.date} day={day} />
      ))}
      {(!isFirst || nextCursor) && (
        <nav aria-label="Pages" className="mt-4 flex gap-6">
          {!isFirst && (
            <Link to="/history" className={LINK}>
              Latest changes
            </Link>
          )}
          {nextCursor && (
            <Link to={`?${new URLSearchParams({ cursor: nextCursor })}`} className={LINK}>
              Older changes
            </Link>
          )}
        </nav>
      )}
    </>
  );
}

function Explanation() {
  return (
    <>
      Each change can be undone for 10 minutes.
      <span className="hidden desk:inline">
        {" "}
        <kbd className="mx-px rounded-md border border-b-2 border-line bg-surface px-1.5 pb-px font-sans text-[13px] font-semibold text-ink">
          z
        </kbd>{" "}
        undoes your last one.
      </span>
    </>
  );
}
