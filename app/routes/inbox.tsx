import { CaptureBox } from "#app/components/capture-box.tsx";
import { PageHead } from "#app/components/page-parts.tsx";
import { PlaceTasks } from "#app/components/place-tasks.tsx";
import { sendForm } from "#app/components/send-form.ts";
import { userContext } from "#app/context.ts";
import type { Route } from "./+types/inbox";
import { tasksIn } from "./place.server";
import { taskAction } from "./task-forms.server";

export async function loader({ url, context }: Route.LoaderArgs) {
  return tasksIn(context.get(userContext), null, url);
}

export function action(args: Route.ActionArgs) {
  return taskAction(args);
}

export function clientAction(args: Route.ClientActionArgs) {
  return sendForm(args);
}

export default function Inbox({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title="Inbox" sub="What has no list yet" />
      <CaptureBox />
      <PlaceTasks {...loaderData} empty={["The Inbox is empty", "What you add without a list waits here until you sort it."]} />
    </>
  );
}
