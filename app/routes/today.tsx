import { Form } from "react-router";
import { CaptureBox, HAS_CAPTURE_BOX } from "#app/components/capture/capture-box.tsx";
import { usePendingTitles } from "#app/components/task/pending-row.tsx";
import { TaskList } from "#app/components/task/task-list.tsx";
import { usePinnedRow } from "#app/components/task/use-pinned-row.ts";
import { Empty, FirstOnly, Folded, PageHead, Section } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { viewerOf, viewsOf } from "#app/pages/viewer.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Route } from "./+types/today";

export async function loader({ context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const viewer = viewerOf(user);
  const { open, done, isCut } = await tasksOf(user).today(viewer.userNow);
  const views = await viewsOf(user, [...open, ...done], viewer);
  const { today } = viewer.userNow;
  const weekday = today.toLocaleString("en-GB", { weekday: "long" });
  return {
    today: today.toString(),
    day: `${weekday} ${today.day} ${today.toLocaleString("en-GB", { month: "long" })}`,
    open: views.slice(0, open.length),
    done: views.slice(open.length),
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

export default function Today({ loaderData: { today, day, open, isCut, ...loaded } }: Route.ComponentProps) {
  const { overdue, due, done } = usePinnedRow({
    overdue: open.filter(({ isOverdue }) => isOverdue),
    due: open.filter(({ isOverdue }) => !isOverdue),
    done: loaded.done,
  });
  const isAdding = usePendingTitles().length > 0;
  return (
    <>
      <PageHead title="Today" sub={day} />
      <CaptureBox defaults={{ due: today }} />
      {overdue.length > 0 && (
        <Section title="Overdue" count={overdue.length} tone="late" action={<MoveToToday />}>
          <TaskList tasks={overdue} />
        </Section>
      )}
      {(due.length > 0 || isAdding) && (
        <Section title="Today" count={due.length}>
          <TaskList tasks={due} impliedBy={["today"]} showsPending />
        </Section>
      )}
      {isCut.open && <FirstOnly count={open.length} to="/tasks?view=today" />}
      {overdue.length + due.length === 0 && !isAdding && (
        <Empty title="Nothing left for today">Add what is on your mind above, or look at what is upcoming.</Empty>
      )}
      {done.length > 0 && (
        <Folded title="Done today" count={done.length}>
          <TaskList tasks={done} impliedBy={["today"]} />
          {isCut.done && <FirstOnly count={done.length} to="/tasks?status=done" />}
        </Folded>
      )}
    </>
  );
}

function MoveToToday() {
  return (
    <Form method="post" navigate={false}>
      <button
        type="submit"
        name="intent"
        value="move-overdue"
        className="-my-1 -mr-1 rounded-md px-1 py-1 text-[13px] font-[550] text-accent hover:underline pointer-coarse:-my-3 pointer-coarse:py-3"
      >
        Move to today
      </button>
    </Form>
  );
}
