import { data, redirect } from "react-router";
import { type AccessKey, AccessKeyInput, accessKeysOf } from "#app/auth/access-keys.server.ts";
import { recordAuthEvent } from "#app/auth/events.server.ts";
import { allows, type Scope } from "#app/auth/scopes.ts";
import { AccessKeyForm, CreatedKey } from "#app/components/settings/access-key-form.tsx";
import { AccessKeyRow, type AccessKeyView } from "#app/components/settings/access-key-row.tsx";
import { requestInfoContext, userContext } from "#app/context.ts";
import { fieldErrors, readForm } from "#app/http/form.ts";
import { publicUrl } from "#app/http/public-url.ts";
import { submitOnce } from "#app/pages/queue-submit.ts";
import { dayLabel } from "#app/tasks/due-label.ts";
import { dayAt } from "#app/time.ts";
import type { Route } from "./+types/access-keys";

export async function loader({ context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const keys = await accessKeysOf(user).list();
  return { keys: keys.map((key) => toView(key, user.timezone)) };
}

function toView({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: AccessKey, timezone: string): AccessKeyView {
  const now = Temporal.Now.instant();
  function day(instant: string): string {
    return dayLabel(dayAt(Temporal.Instant.from(instant), timezone), dayAt(now, timezone));
  }
  return {
    id,
    name,
    scopes,
    created: day(createdAt),
    expires: expiresAt && day(expiresAt),
    isExpired: expiresAt !== null && Temporal.Instant.compare(Temporal.Instant.from(expiresAt), now) <= 0,
    lastUsed: lastUsedAt && day(lastUsedAt),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  switch (form.get("intent")) {
    case "create":
      return create(form, context);
    case "revoke":
      return revoke(String(form.get("id")), context);
    default:
      throw data(null, 400);
  }
}

/** Responds without a redirect, because the key is in this one response and stored nowhere. */
async function create(form: FormData, context: Route.ActionArgs["context"]) {
  const values = { name: String(form.get("name") ?? ""), scopes: form.getAll("scopes").map(String), days: String(form.get("days") ?? "") };
  const input = AccessKeyInput.safeParse(values);
  if (!input.success) return data({ values, errors: fieldErrors(input.error), created: undefined }, 422);
  const user = context.get(userContext);
  const { id, key } = await accessKeysOf(user).create(input.data);
  await recordAuthEvent({ event: "auth.access_key_made", userId: user.id, keyId: id }, context.get(requestInfoContext));
  return data(
    { values: undefined, errors: undefined, created: { name: input.data.name, key, ...exampleCommands(key, input.data.scopes) } },
    201,
  );
}

function exampleCommands(key: string, scopes: Scope[]): { commands: string; purpose: string } {
  const tasks = publicUrl("/api/me/tasks").href;
  const token = `TOKEN=$(curl -s -X POST -H 'X-API-Key: ${key}' ${publicUrl("/api/token").href} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`;
  const authorized = `curl -s -H "Authorization: Bearer $TOKEN"`;
  return allows(scopes, "tasks:read")
    ? { commands: `${token}\n${authorized} '${tasks}?view=today'`, purpose: "lists what is due today" }
    : {
        commands: `${token}\n${authorized} -H 'Content-Type: application/json' -d '{"title": "Hello from a script"}' ${tasks}`,
        purpose: "adds a task",
      };
}

async function revoke(id: string, context: Route.ActionArgs["context"]) {
  const user = context.get(userContext);
  if (await accessKeysOf(user).revoke(id)) {
    await recordAuthEvent({ event: "auth.access_key_revoked", userId: user.id, keyId: id }, context.get(requestInfoContext));
  }
  return redirect("/settings/access-keys");
}

export function clientAction(args: Route.ClientActionArgs) {
  return submitOnce(args);
}

export default function AccessKeys({ loaderData: { keys }, actionData }: Route.ComponentProps) {
  return (
    <>
      <title>Access keys · Doable</title>
      <h1 tabIndex={-1} className="text-2xl leading-tight font-[680] tracking-[-0.02em] outline-none desk:text-[28px]">
        Access keys
      </h1>
      <p className="mt-1 mb-6 text-balance text-ink-2">
        A script trades its key for a token that lasts 15 minutes. It can then work on your tasks, and on nothing else.
      </p>
      {actionData?.created && (
        <CreatedKey
          key={actionData.created.key}
          name={actionData.created.name}
          secret={actionData.created.key}
          commands={actionData.created.commands}
          purpose={actionData.created.purpose}
        />
      )}
      <AccessKeyForm values={actionData?.values} errors={actionData?.errors} createdKey={actionData?.created?.key} />
      <section className="mt-8" aria-labelledby="keys">
        <h2 id="keys" tabIndex={-1} className="outline-none px-0.5 pb-1.5 text-sm font-[640]">
          Your keys <span className="ml-1 text-[13px] font-normal text-ink-3 tabular-nums">{keys.length}</span>
        </h2>
        {keys.length === 0 ? (
          <p className="rounded-xl border border-dashed border-line px-6 py-10 text-center text-sm text-ink-2">
            No keys yet. Make one above for your first script.
          </p>
        ) : (
          <ul className="border-t border-line">
            {keys.map((key) => (
              <AccessKeyRow key={key.id} accessKey={key} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
