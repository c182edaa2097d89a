import { useSearchParams } from "react-router";
import { usePendingTitles } from "#app/components/task/pending-row.tsx";
import { TaskList } from "#app/components/task/task-list.tsx";
import type { ImpliedFact } from "#app/components/task/task-row.tsx";
import { usePinnedRow } from "#app/components/task/use-pinned-row.ts";
import { withParams } from "#app/components/ui/flash.ts";
import { Empty, Folded, Section } from "#app/components/ui/page-parts.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import type { TaskView } from "#app/tasks/task-view.ts";

interface ListPageProps {
  open: TaskView[];
  done: TaskView[];
  added: TaskView[];
  isFirstPage: boolean;
  nextCursor: string | null;
  empty: [title: string, text: string];
}

export function ListPage({ isFirstPage, nextCursor, empty: [title, text], ...sections }: ListPageProps) {
  const { open, done, added } = usePinnedRow({ added: sections.added, open: sections.open, done: sections.done });
  const [search] = useSearchParams();
  const isAdding = usePendingTitles().length > 0;
  return (
    <>
      <JustAdded tasks={added} hasNextPage={nextCursor !== null} impliedBy={["list"]} />
      {open.length > 0 || isAdding ? (
        <div className="mt-5">
          <TaskList tasks={open} impliedBy={["list"]} isManuallyOrdered showsPending={nextCursor === null} />
        </div>
      ) : (
        <Empty title={title}>{text}</Empty>
      )}
      <Pagination
        isFirst={isFirstPage}
        next={nextCursor && withParams(search, { cursor: nextCursor })}
        first={withParams(search, { cursor: undefined })}
      />
      {done.length > 0 && (
        <Folded title="Done" count={done.length}>
          <TaskList tasks={done} impliedBy={["list"]} />
        </Folded>
      )}
    </>
  );
}

interface JustAddedProps {
  tasks: TaskView[];
  hasNextPage: boolean;
  impliedBy?: ImpliedFact[];
}

export function JustAdded({ tasks, hasNextPage, impliedBy = [] }: JustAddedProps) {
  const isAdding = usePendingTitles().length > 0;
  if (!hasNextPage || (tasks.length === 0 && !isAdding)) return null;
  return (
    <Section title="Just added" count={tasks.length}>
      <TaskList tasks={tasks} impliedBy={impliedBy} showsPending />
    </Section>
  );
}
