import { data } from "react-router";
import type { FieldErrors } from "#app/http/form.ts";
import { unavailablePage } from "#app/http/unavailable.server.ts";

/** A log-in failure never reveals which field was wrong. */
export async function signInFailure(response: Response, values: { name: string; email: string } = { name: "", email: "" }) {
  const { code, message } = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  if (response.status >= 500) throw unavailablePage("sign_in");
  if (response.status === 429) {
    const seconds = response.headers.get("X-Retry-After") ?? "10";
    const tooMany = `Too many tries. Wait ${seconds} ${seconds === "1" ? "second" : "seconds"} and try again.`;
    const errors: FieldErrors = { wait: code === "TOO_MANY_PASSWORD_TRIES" ? (message ?? tooMany) : tooMany };
    return data({ values, errors }, { status: 429, headers: { "Retry-After": seconds } });
  }
  return data({ values, errors: errorsFor(code) }, response.status === 401 ? 401 : 422);
}

function errorsFor(code: string | undefined): FieldErrors {
  switch (code) {
    case "INVALID_EMAIL_OR_PASSWORD":
      return { form: "That e-mail and password don't match." };
    case "USER_ALREADY_EXISTS":
    case "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL":
      return { email: "There is an account with this e-mail already" };
    case "INVALID_PASSWORD":
      return { currentPassword: "That is not your password" };
    case "BANNED_USER":
      return { form: "This account is closed." };
    default:
      return { form: "That did not work. Check what you typed and try again." };
  }
}
