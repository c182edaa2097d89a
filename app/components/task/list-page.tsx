import { useSearchParams } from "react-router";
import { useComingTitles } from "#app/components/forms/use-pending-forms.ts";
import { JustAdded } from "#app/components/task/just-added.tsx";
import { TaskList } from "#app/components/task/task-list.tsx";
import { useHeldRow } from "#app/components/task/use-pinned-row.ts";
import { here } from "#app/components/ui/flash.ts";
import { Empty, Folded } from "#app/components/ui/page-parts.tsx";
import { Pages } from "#app/components/ui/pagination.tsx";
import type { TaskView } from "#app/tasks/task-view.ts";

interface PlaceTasksProps {
  open: TaskView[];
  done: TaskView[];
  added: TaskView[];
  isFirstPage: boolean;
  nextCursor: string | null;
  empty: [title: string, text: string];
}

/** Open tasks in hand order, done ones folded. */
export function PlaceTasks({ isFirstPage, nextCursor, empty: [title, text], ...sections }: PlaceTasksProps) {
  const { open, done, added } = useHeldRow({ added: sections.added, open: sections.open, done: sections.done });
  const [search] = useSearchParams();
  const isAdding = useComingTitles().length > 0;
  return (
    <>
      <JustAdded tasks={added} goesOn={nextCursor !== null} said={["list"]} />
      {open.length > 0 || isAdding ? (
        <div className="mt-5">
          <TaskList tasks={open} said={["list"]} isHandOrdered takesNew={nextCursor === null} />
        </div>
      ) : (
        <Empty title={title}>{text}</Empty>
      )}
      <Pages isFirst={isFirstPage} next={nextCursor && here(search, { cursor: nextCursor })} first={here(search, { cursor: undefined })} />
      {done.length > 0 && (
        <Folded title="Done" count={done.length}>
          <TaskList tasks={done} said={["list"]} />
        </Folded>
      )}
    </>
  );
}
