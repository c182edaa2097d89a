import { data, Form, redirect, useNavigation } from "react-router";
import { postToAuth } from "#app/auth/session.server.ts";
import { signInFailure } from "#app/auth/sign-in-failure.server.ts";
import { PasswordForm } from "#app/auth/sign-in-form.ts";
import { endTokens } from "#app/auth/user.server.ts";
import { Field, PasswordFormError } from "#app/components/forms/field.tsx";
import { NewPasswordField } from "#app/components/forms/new-password-field.tsx";
import { withFlash } from "#app/components/ui/flash.ts";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { fieldErrors, readForm, textFields } from "#app/http/form.ts";
import { submitOnce } from "#app/pages/queue-submit.ts";
import type { Route } from "./+types/password";

export { headers } from "#app/pages/retry-after.ts";

/** Ends every other session and every token, which someone with the old password may have started. */
export async function action(args: Route.ActionArgs) {
  const form = PasswordForm.safeParse(textFields(await readForm(args.request)));
  if (!form.success) return data({ errors: fieldErrors(form.error) }, 422);
  const response = await postToAuth("/change-password", args, { ...form.data, revokeOtherSessions: true });
  if (!response.ok) return signInFailure(response);
  await endTokens(args.context.get(userContext).id);
  throw redirect(withFlash(new URL("/settings", args.url), "password-changed"), {
    headers: response.headers.getSetCookie().map((cookie) => ["Set-Cookie", cookie]),
  });
}

export function clientAction(args: Route.ClientActionArgs) {
  return submitOnce(args);
}

export default function Password({ actionData }: Route.ComponentProps) {
  const { errors } = actionData ?? {};
  const isBusy = useNavigation().state !== "idle";
  return (
    <>
      <PageHead title="Change your password" />
      <Form method="post" noValidate className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-4 shadow-raised">
        <PasswordFormError errors={errors} />
        <Field
          label="Current password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          error={errors?.currentPassword}
        />
        <NewPasswordField label="New password" name="newPassword" error={errors?.newPassword} />
        <button type="submit" className="button self-start" aria-disabled={isBusy || undefined}>
          Change password
        </button>
      </Form>
      <p className="mt-6 text-sm text-ink-2">You stay logged in here, and are logged out everywhere else. Access keys go on working.</p>
    </>
  );
}
