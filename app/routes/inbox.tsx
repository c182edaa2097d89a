import { safePath } from "#app/auth/sign-in-form.ts";
import { CaptureBox, HAS_BOX } from "#app/components/capture/capture-box.tsx";
import { PlaceTasks } from "#app/components/task/list-page.tsx";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { tasksIn } from "#app/pages/list-page.server.ts";
import { sendForm } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import type { Route } from "./+types/inbox";

export async function loader({ url, context }: Route.LoaderArgs) {
  return tasksIn(context.get(userContext), null, url);
}

/** Also of the forms that stand on pages of something else, which are gone back to. */
export function action(args: Route.ActionArgs) {
  const from = args.url.searchParams.get("from");
  return taskAction(from === null ? args : { ...args, url: new URL(safePath(from), args.url) });
}

export function clientAction(args: Route.ClientActionArgs) {
  return sendForm(args);
}

export const handle = HAS_BOX;

export default function Inbox({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title="Inbox" sub="What has no list yet" />
      <CaptureBox />
      <PlaceTasks {...loaderData} empty={["The Inbox is empty", "What you add without a list waits here until you sort it."]} />
    </>
  );
}
