import { useEffect, useRef } from "react";
import { Form, Link, useLocation, useRevalidator } from "react-router";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { type Flash, flashFrom, withoutFlash } from "#app/components/ui/flash.ts";
import { dismissAny, notify, useNotifications } from "#app/components/ui/notifications.ts";

/** How long a message is shown, in milliseconds, unless it is hovered or focused then. */
const DURATION = 10_000;

/** The live region is always mounted, so that screen readers announce a new message. */
export function Toast() {
  const { message, action } = useMessage();
  const { count } = useNotifications();
  const isOutdated = useIsOutdated(message?.change);
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!message || message.isPersistent) return;
    const timer = setInterval(() => {
      if (!region.current?.matches(":hover, :focus-within")) dismissAny();
    }, DURATION);
    return () => clearInterval(timer);
  }, [message]);
  return (
    <div ref={region} role="status" className="toast">
      {/* Keyed by event, so that the same text twice is announced twice. */}
      {message && (message.isPersistent || !isOutdated) && <Message key={count} message={message} action={action} />}
    </div>
  );
}

/** The message in the address until hydration. Scripts then move it into the notifications and clean the address, so that a reload does not repeat it. */
function useMessage(): { message: Flash | undefined; action: string } {
  const { pathname, search, key } = useLocation();
  const initial = flashFrom(new URLSearchParams(search));
  const { message } = useNotifications();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second navigation to the same address repeats its message.
  useEffect(() => {
    const flash = flashFrom(new URLSearchParams(search));
    if (!flash) return;
    notify(flash);
    window.history.replaceState(window.history.state, "", withoutFlash(new URL(window.location.href)));
  }, [search, key]);
  // Without scripts, Undo redirects back to this page.
  const undoAction = `/inbox?${new URLSearchParams({ from: pathname + search })}`;
  return message === undefined ? { message: initial, action: undoAction } : { message: message ?? undefined, action: "/today" };
}

interface MessageProps {
  message: Flash;
  action: string;
}

const BUTTON = "min-h-8 pointer-coarse:min-h-11 flex-none rounded-md bg-paper/16 px-2.5 font-[650] focus-visible:outline-paper";

function Message({ message: { text, change, isUndo = false, show, canRetry }, action }: MessageProps) {
  const { pathname, search } = useLocation();
  const [intent, label, pendingLabel] = isUndo ? ["redo", "Redo", "Redoing…"] : ["undo", "Undo", "Undoing…"];
  const isReverting = usePendingForms().some((form) => form.get("intent") === intent);
  return (
    <div className="pointer-events-auto flex items-center gap-2 rounded-xl bg-ink py-2 pr-3 pl-4.5 text-sm text-paper shadow-raised">
      <span className="mr-2 min-w-0 break-words">{text}</span>
      {show && show !== pathname && show !== pathname + search && (
        <Link to={show} className={`${BUTTON} inline-flex items-center`}>
          Show
        </Link>
      )}
      {canRetry && <Retry />}
      {change && (
        <Form method="post" action={action} navigate={false}>
          <input type="hidden" name="change" value={change} />
          {/* Not `disabled`, which would lose the focus. A second click is prevented anyway. */}
          <button type="submit" name="intent" value={intent} aria-disabled={isReverting || undefined} className={BUTTON}>
            {isReverting ? pendingLabel : label}
          </button>
        </Form>
      )}
    </div>
  );
}

function Retry() {
  const { revalidate } = useRevalidator();
  return (
    <button type="button" onClick={() => void revalidate()} className={BUTTON}>
      Try again
    </button>
  );
}

/** Whether a form other than this message's is pending: its change is then not the latest one. */
function useIsOutdated(change: string | undefined): boolean {
  return usePendingForms().some((form) => form.get("change") !== (change ?? null));
}
