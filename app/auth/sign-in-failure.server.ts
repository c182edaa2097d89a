import { data } from "react-router";
import type { FieldErrors } from "#app/http/form.ts";

/** Better Auth's refusal in our words, with what was typed. A log-in never says which of the two fields was wrong. */
export async function signInFailure(answer: Response, values: { name: string; email: string } = { name: "", email: "" }) {
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
  if (answer.status >= 500) throw data(null, { status: 503, headers: { "Retry-After": "5" } });
  if (answer.status === 429) {
    const seconds = answer.headers.get("X-Retry-After") ?? "10";
    const errors: FieldErrors = { form: `Too many tries. Wait ${seconds} ${seconds === "1" ? "second" : "seconds"} and try again.` };
    return data({ values, errors }, { status: 429, headers: { "Retry-After": seconds } });
  }
  return data({ values, errors: wordsFor(code) }, answer.status === 401 ? 401 : 422);
}

function wordsFor(code: string | undefined): FieldErrors {
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
