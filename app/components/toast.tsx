import { Form, useNavigation } from "react-router";

export interface Notice {
  /** Another one for another event, so that the same words are heard again. */
  key: string;
  text: string;
  /** What takes it back, if anything does. */
  undo?: { intent: "reopen" | "complete" | "restore"; id: string };
}

/** Says what has just happened, also to those who listen, and offers to take it back. Always there, so that it is heard. */
export function Toast({ notice }: { notice: Notice | undefined }) {
  const isOver = useIsOver(notice);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-[82px] z-10 flex justify-center desk:bottom-6 desk:left-[248px]"
    >
      {notice && !isOver && (
        <div
          key={notice.key}
          className="pointer-events-auto flex items-center gap-4 rounded-xl bg-ink py-2 pr-3 pl-4.5 text-sm text-paper shadow-raised"
        >
          {notice.text}
          {notice.undo && (
            <Form method="post" preventScrollReset>
              <input type="hidden" name="id" value={notice.undo.id} />
              <button
                type="submit"
                name="intent"
                value={notice.undo.intent}
                className="min-h-8 rounded-md bg-paper/16 px-2.5 font-[650] focus-visible:outline-paper"
              >
                Undo
              </button>
            </Form>
          )}
        </div>
      )}
    </div>
  );
}

/** Something else is on its way: an Undo that is still in sight would take back the wrong thing. */
function useIsOver(notice: Notice | undefined): boolean {
  const { formData } = useNavigation();
  return formData !== undefined && (formData.get("intent") !== notice?.undo?.intent || formData.get("id") !== notice?.undo?.id);
}
