import { useEffect, useRef } from "react";
import { Form, useLocation, useRevalidator } from "react-router";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { type Said, saidBy, settled } from "#app/components/ui/flash.ts";
import { tell, useNews } from "#app/components/ui/notifications.ts";

/** How long a message stays, unless somebody is at it. */
const STAY = 10_000;

/** Says what has just happened, also to those who listen, and offers to take it back. Always there, so that it is heard. */
export function Toast() {
  const { said, action } = useSaid();
  const { count } = useNews();
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
      {/* Another one for another event, so that the same words are heard again. */}
      {said && (said.lasts || !isOver) && <Message key={count} said={said} action={action} />}
    </div>
  );
}

/** By the address until scripts are here; they keep the message and clean the address, so that a reload says nothing again. */
function useSaid(): { said: Said | undefined; action: string } {
  const { pathname, search, key } = useLocation();
  const byAddress = saidBy(new URLSearchParams(search));
  const { said } = useNews();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same address may be gone to again, and say the same again.
  useEffect(() => {
    const arrived = saidBy(new URLSearchParams(search));
    if (!arrived) return;
    tell({ said: arrived });
    window.history.replaceState(window.history.state, "", settled(new URL(window.location.href)));
  }, [search, key]);
  // Without scripts, what takes it back leads to the page in sight again.
  const back = `/inbox?${new URLSearchParams({ from: pathname + search })}`;
  return said === undefined ? { said: byAddress, action: back } : { said: said ?? undefined, action: "/today" };
}

interface MessageProps {
  said: Said;
  action: string;
}

const BUTTON = "min-h-8 flex-none rounded-md bg-paper/16 px-2.5 font-[650] focus-visible:outline-paper";

function Message({ said: { text, change, canRetry }, action }: MessageProps) {
  const isUndoing = usePendingForms().some((form) => form.get("intent") === "undo");
  return (
    <div className="pointer-events-auto flex items-center gap-4 rounded-xl bg-ink py-2 pr-3 pl-4.5 text-sm text-paper shadow-raised">
      {text}
      {canRetry && <Retry />}
      {change && (
        <Form method="post" action={action} navigate={false}>
          <input type="hidden" name="change" value={change} />
          {/* A second click is held back anyway, and a disabled button would lose the focus. */}
          <button type="submit" name="intent" value="undo" aria-disabled={isUndoing || undefined} className={BUTTON}>
            {isUndoing ? "Undoing…" : "Undo"}
          </button>
        </Form>
      )}
    </div>
  );
}

/** Loads the page again, also by itself when the browser is connected again. */
function Retry() {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const retry = () => void revalidate();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [revalidate]);
  return (
    <button type="button" onClick={() => void revalidate()} className={BUTTON}>
      Try again
    </button>
  );
}

/** Something else is on its way: an Undo that is still in sight would take back the wrong thing. */
function useIsOver(change: string | undefined): boolean {
  return usePendingForms().some((form) => form.get("change") !== (change ?? null));
}
