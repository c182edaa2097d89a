import { useRef } from "react";
import { CaptureBox, HAS_CAPTURE_BOX } from "#app/components/capture/capture-box.tsx";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { optimisticDays } from "#app/components/task/optimistic-days.ts";
import { usePendingTitles } from "#app/components/task/pending-row.tsx";
import { TaskList } from "#app/components/task/task-list.tsx";
import { useDayDragging } from "#app/components/task/use-day-dragging.ts";
import { usePinnedRow } from "#app/components/task/use-pinned-row.ts";
import { useCalendar } from "#app/components/ui/layout-data.ts";
import { FirstOnly, PageHead, Section } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { viewerOf, viewsOf } from "#app/pages/viewer.server.ts";
import { dayLabel } from "#app/tasks/due-label.ts";
import { UPCOMING_DAYS } from "#app/tasks/store/filter-sql.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Route } from "./+types/upcoming";

export async function loader({ context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const viewer = viewerOf(user);
  const { today } = viewer.userNow;
  const { tasks: first, isCut } = await tasksOf(user).upcoming(viewer.userNow);
  const tasks = await viewsOf(user, first, viewer);
  const days = Array.from({ length: UPCOMING_DAYS }, (_, index) => today.add({ days: index + 1 }));
  return {
    days: days.map((day) => ({
      date: day.toString(),
      label: dayLabel(day, today),
      tasks: tasks.filter(({ dueDay }) => dueDay === day.toString()),
    })),
    count: tasks.length,
    isCut,
  };
}

export function action(args: Route.ActionArgs) {
  return taskAction(args);
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

export const handle = HAS_CAPTURE_BOX;

export default function Upcoming({ loaderData: { days, count, isCut } }: Route.ComponentProps) {
  const forms = usePendingForms();
  const loaded = Object.fromEntries(days.map(({ date, tasks }) => [date, tasks]));
  const expected = usePinnedRow(optimisticDays(loaded, forms, useCalendar()));
  const isAdding = usePendingTitles().length > 0;
  const page = useRef<HTMLDivElement>(null);
  useDayDragging(page, expected);
  return (
    <>
      <PageHead title="Upcoming" sub="The next fourteen days" />
      <CaptureBox defaults={{ due: days[0]?.date ?? "" }} />
      <div ref={page}>
        {days.map(({ date, label }, index) => {
          const tasks = expected[date] ?? [];
          return (
            <div key={date} data-day={date} data-label={index === 0 ? "tomorrow" : label} className="day">
              {tasks.length > 0 || (isAdding && index === 0) ? (
                <Section title={label} count={tasks.length}>
                  <TaskList tasks={tasks} impliedBy={["day"]} showsPending={index === 0} />
                </Section>
              ) : (
                <h2 className="mt-3 border-b border-line/60 px-0.5 pb-1.5 text-[13px]">{label}</h2>
              )}
            </div>
          );
        })}
      </div>
      {isCut && <FirstOnly count={count} to="/tasks?view=upcoming" />}
    </>
  );
}
