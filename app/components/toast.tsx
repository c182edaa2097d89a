import { useEffect, useRef } from "react";
import { Form, useLocation } from "react-router";
import { type Said, saidBy, settled } from "#app/components/address.ts";
import { tell, useNews } from "#app/components/news.ts";
import { usePendingForms } from "#app/components/use-pending-forms.ts";

/** How long a message stays, unless somebody is at it. */
const STAY = 10_000;

/** Says what has just happened, also to those who listen, and offers to take it back. Always there, so that it is heard. */
export function Toast() {
  const { said, action } = useSaid();
  const isOver = useIsOver(said?.change);
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!said || said.lasts) return;
    const timer = setInterval(() => {
      if (!region.current?.matches(":hover, :focus-within")) tell({ said: null });
    }, STAY);
    return () => clearInterval(timer);
  }, [said]);
  return (
    <div ref={region} role="status" className="toast">
      {said && !isOver && <Message said={said} action={action} />}
    </div>
  );
}

/** By the address until scripts are here; they keep the message and clean the address, so that a reload says nothing again. */
function useSaid(): { said: Said | undefined; action: string } {
  const { pathname, search } = useLocation();
  const byAddress = saidBy(new URLSearchParams(search));
  const { said } = useNews();
  useEffect(() => {
    const arrived = saidBy(new URLSearchParams(search));
    if (!arrived) return;
    tell({ said: arrived });
    window.history.replaceState(window.history.state, "", settled(new URL(window.location.href)));
  }, [search]);
  // Without scripts the page in sight takes it back, and with them any page does.
  return said === undefined ? { said: byAddress, action: pathname + search } : { said: said ?? undefined, action: "/today" };
}

interface MessageProps {
  said: Said;
  action: string;
}

function Message({ said: { text, change }, action }: MessageProps) {
  return (
    <div
      // Another one for another event, so that the same words are heard again.
      key={`${text} ${change}`}
      className="pointer-events-auto flex items-center gap-4 rounded-xl bg-ink py-2 pr-3 pl-4.5 text-sm text-paper shadow-raised"
    >
      {text}
      {change && (
        <Form method="post" action={action} navigate={false}>
          <input type="hidden" name="change" value={change} />
          <button
            type="submit"
            name="intent"
            value="undo"
            className="min-h-8 rounded-md bg-paper/16 px-2.5 font-[650] focus-visible:outline-paper"
          >
            Undo
          </button>
        </Form>
      )}
    </div>
  );
}

/** Something else is on its way: an Undo that is still in sight would take back the wrong thing. */
function useIsOver(change: string | undefined): boolean {
  return usePendingForms().some((form) => form.get("change") !== (change ?? null));
}
