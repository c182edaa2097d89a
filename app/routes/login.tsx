import { data, Form, Link, redirect, useNavigation } from "react-router";
import { optionalSession, postToAuth } from "#app/auth/session.server.ts";
import { signInFailure } from "#app/auth/sign-in-failure.server.ts";
import { LogInForm, safePath } from "#app/auth/sign-in-form.ts";
import { Field, PasswordFormError } from "#app/components/forms/field.tsx";
import { AuthLayout } from "#app/components/shell/auth-layout.tsx";
import { sessionUserContext } from "#app/context.ts";
import { fieldErrors, readForm, textFields } from "#app/http/form.ts";
import type { Route } from "./+types/login";

export { headers } from "#app/pages/retry-after.ts";

export const middleware: Route.MiddlewareFunction[] = [optionalSession];

export function loader({ context, url }: Route.LoaderArgs) {
  const redirectTo = safePath(url.searchParams.get("redirectTo"));
  if (context.get(sessionUserContext)) throw redirect(redirectTo);
  return { redirectTo };
}

export async function action(args: Route.ActionArgs) {
  const fields = textFields(await readForm(args.request));
  const values = { name: "", email: fields.email ?? "" };
  const form = LogInForm.safeParse({ email: values.email, password: fields.password ?? "" });
  if (!form.success) return data({ values, errors: fieldErrors(form.error) }, 422);
  const response = await postToAuth("/sign-in/email", args, form.data);
  if (!response.ok) return signInFailure(response, values);
  throw redirect(safePath(fields.redirectTo), { headers: response.headers.getSetCookie().map((cookie) => ["Set-Cookie", cookie]) });
}

export default function LogIn({ loaderData, actionData }: Route.ComponentProps) {
  const { errors, values } = actionData ?? {};
  const isBusy = useNavigation().state !== "idle";
  return (
    <AuthLayout title="Log in">
      <Form method="post" noValidate className="flex flex-col gap-5">
        <PasswordFormError errors={errors} />
        <input type="hidden" name="redirectTo" value={loaderData.redirectTo} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={values?.email}
          error={errors?.email}
        />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required error={errors?.password} />
        <button type="submit" className="button mt-1" aria-disabled={isBusy || undefined}>
          Log in
        </button>
      </Form>
      <p className="mt-6 text-sm text-ink-2">
        New here?{" "}
        <Link
          to={`/signup?${new URLSearchParams({ redirectTo: loaderData.redirectTo })}`}
          className="font-medium text-accent hover:underline"
        >
          Create an account
        </Link>
      </p>
    </AuthLayout>
  );
}
