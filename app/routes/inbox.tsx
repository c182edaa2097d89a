import { safePath } from "#app/auth/sign-in-form.ts";
import { CaptureBox, HAS_CAPTURE_BOX } from "#app/components/capture/capture-box.tsx";
import { ListPage } from "#app/components/task/list-page.tsx";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { listPageData } from "#app/pages/list-page.server.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import type { Route } from "./+types/inbox";

export async function loader({ url, context }: Route.LoaderArgs) {
  return listPageData(context.get(userContext), null, url);
}

/** Also receives the forms of other pages: `from` is the page to redirect back to. */
export function action(args: Route.ActionArgs) {
  const from = args.url.searchParams.get("from");
  return taskAction(from === null ? args : { ...args, url: new URL(safePath(from), args.url) });
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

export const handle = HAS_CAPTURE_BOX;

export default function Inbox({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title="Inbox" sub="What has no list yet" />
      <CaptureBox />
      <ListPage {...loaderData} empty={["The Inbox is empty", "What you add without a list waits here until you sort it."]} />
    </>
  );
}
