import { Form, useLocation, useNavigation, useSearchParams } from "react-router";
import { HAPPENED } from "#app/components/address.ts";

/** Says what has just happened, also to those who listen, and offers to take it back. Always there, so that it is heard. */
export function Toast() {
  const [search] = useSearchParams();
  const page = useLocation();
  const { did = "", change, next } = Object.fromEntries(search);
  const text = Object.hasOwn(HAPPENED, did) ? HAPPENED[did as keyof typeof HAPPENED] : undefined;
  const isOver = useIsOver(change);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-[82px] z-10 flex justify-center desk:bottom-6 desk:left-[248px]"
    >
      {text && !isOver && (
        <div
          // Another one for another event, so that the same words are heard again.
          key={`${did} ${change}`}
          className="pointer-events-auto flex items-center gap-4 rounded-xl bg-ink py-2 pr-3 pl-4.5 text-sm text-paper shadow-raised"
        >
          {next ? `${text} Next: ${next}` : text}
          {change && (
            // This stands in the frame around the pages, and the page in sight carries it out.
            <Form method="post" action={page.pathname + page.search} preventScrollReset>
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
      )}
    </div>
  );
}

/** Something else is on its way: an Undo that is still in sight would take back the wrong thing. */
function useIsOver(change: string | undefined): boolean {
  const { formData } = useNavigation();
  return formData !== undefined && formData.get("change") !== (change ?? null);
}
