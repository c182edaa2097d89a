import { useEffect, useState } from "react";
import { data, Form, Link, redirect, useNavigation } from "react-router";
import { optionalSession, postToAuth } from "#app/auth/session.server.ts";
import { signInFailure } from "#app/auth/sign-in-failure.server.ts";
import { SignUpForm, safePath, timeZoneOr } from "#app/auth/sign-in-form.ts";
import { Field, PasswordFormError } from "#app/components/forms/field.tsx";
import { NewPasswordField } from "#app/components/forms/new-password-field.tsx";
import { AuthLayout } from "#app/components/shell/auth-layout.tsx";
import { sessionUserContext } from "#app/context.ts";
import { fieldErrors, readForm, textFields } from "#app/http/form.ts";
import type { Route } from "./+types/signup";

export { headers } from "#app/pages/retry-after.ts";

export const middleware: Route.MiddlewareFunction[] = [optionalSession];

export function loader({ context, url }: Route.LoaderArgs) {
  const redirectTo = safePath(url.searchParams.get("redirectTo"));
  if (context.get(sessionUserContext)) throw redirect(redirectTo);
  return { redirectTo };
}

export async function action(args: Route.ActionArgs) {
  const { redirectTo, timezone, ...fields } = textFields(await readForm(args.request));
  const values = { name: fields.name ?? "", email: fields.email ?? "" };
  const form = SignUpForm.safeParse({ ...values, password: fields.password ?? "" });
  if (!form.success) return data({ values, errors: fieldErrors(form.error) }, 422);
  const response = await postToAuth("/sign-up/email", args, { ...form.data, timezone: timeZoneOr("UTC", timezone) });
  if (!response.ok) return signInFailure(response, values);
  throw redirect(safePath(redirectTo), { headers: response.headers.getSetCookie().map((cookie) => ["Set-Cookie", cookie]) });
}

export default function SignUp({ loaderData, actionData }: Route.ComponentProps) {
  const { errors, values } = actionData ?? {};
  const isBusy = useNavigation().state !== "idle";
  return (
    <AuthLayout title="Create your account">
      <Form method="post" noValidate className="flex flex-col gap-5">
        <PasswordFormError errors={errors} />
        <input type="hidden" name="redirectTo" value={loaderData.redirectTo} />
        <TimeZone />
        <Field label="Name" name="name" autoComplete="name" required defaultValue={values?.name} error={errors?.name} />
        <Field label="E-mail" name="email" type="email" autoComplete="email" required defaultValue={values?.email} error={errors?.email} />
        <NewPasswordField label="Password" name="password" error={errors?.password} />
        <button type="submit" className="button mt-1" aria-disabled={isBusy || undefined}>
          Create account
        </button>
      </Form>
      <p className="mt-6 text-sm text-ink-2">
        You have one already?{" "}
        <Link
          to={`/login?${new URLSearchParams({ redirectTo: loaderData.redirectTo })}`}
          className="font-medium text-accent hover:underline"
        >
          Log in
        </Link>
      </p>
    </AuthLayout>
  );
}

/** The browser's time zone, filled in by scripts. Without scripts the account starts in UTC. */
function TimeZone() {
  const [timezone, setTimezone] = useState("");
  useEffect(() => setTimezone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return <input type="hidden" name="timezone" value={timezone} />;
}
