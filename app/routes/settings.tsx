import { data, Form, Link, redirect } from "react-router";
import { signOutEverywhere } from "#app/auth/session.server.ts";
import { SettingsInput, settingsOf } from "#app/auth/settings.server.ts";
import { Field, Labelled } from "#app/components/forms/field.tsx";
import { withFlash } from "#app/components/ui/flash.ts";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { requestInfoContext, userContext } from "#app/context.ts";
import { fieldErrors, readForm, textFields } from "#app/http/form.ts";
import { logOut } from "#app/pages/log-out.server.ts";
import { submitOnce } from "#app/pages/queue-submit.ts";
import type { Route } from "./+types/settings";

export function loader({ context }: Route.LoaderArgs) {
  const { name, timezone, weekStart, clock, theme, captureLanguage, dateOrder } = context.get(userContext);
  const values = { name, timezone, weekStart: String(weekStart), clock, theme, captureLanguage, dateOrder: dateOrder ?? "" };
  return { values, zones: Intl.supportedValuesOf("timeZone") };
}

export async function action({ request, url, context }: Route.ActionArgs) {
  const values = textFields(await readForm(request));
  if (values.intent === "log-out-everywhere") {
    await signOutEverywhere(context.get(userContext), context.get(requestInfoContext));
    return logOut({ request, context });
  }
  if (values.intent === "theme") {
    const theme = SettingsInput.pick({ theme: true }).safeParse(values);
    if (!theme.success) throw data(null, 400);
    await settingsOf(context.get(userContext)).update(theme.data);
    return null;
  }
  const input = SettingsInput.safeParse(values);
  if (!input.success) return data({ values, errors: fieldErrors(input.error) }, 422);
  await settingsOf(context.get(userContext)).update(input.data);
  return redirect(withFlash(url, "saved"));
}

export function clientAction(args: Route.ClientActionArgs) {
  return submitOnce(args);
}

export default function Settings({ loaderData, actionData }: Route.ComponentProps) {
  const { errors, values = loaderData.values } = actionData ?? {};
  const shown: Record<string, string | undefined> = values;
  return (
    <>
      <PageHead title="Settings" />
      <Form method="post" className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-4 shadow-raised">
        <Field label="Name" name="name" required autoComplete="name" defaultValue={shown.name} error={errors?.name} />
        <Field
          label="Time zone"
          name="timezone"
          list="zones"
          required
          autoComplete="off"
          defaultValue={shown.timezone}
          error={errors?.timezone}
          hint="Your days begin and end by it"
        />
        <datalist id="zones">
          {loaderData.zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <div className="grid gap-4 desk:grid-cols-[1fr_1fr_auto] lg:grid-cols-3">
          <Labelled label="Week starts on" error={errors?.weekStart} className="">
            {(props) => (
              <select {...props} name="weekStart" defaultValue={shown.weekStart} className="input">
                <option value="1">Monday</option>
                <option value="6">Saturday</option>
                <option value="7">Sunday</option>
              </select>
            )}
          </Labelled>
          <Labelled label="Clock" error={errors?.clock} className="">
            {(props) => (
              <select {...props} name="clock" defaultValue={shown.clock} className="input">
                <option value="24">17:00</option>
                <option value="12">5pm</option>
              </select>
            )}
          </Labelled>
          <Labelled label="Theme" error={errors?.theme} className="">
            {(props) => (
              <select {...props} name="theme" defaultValue={shown.theme} className="input">
                <option value="system">As the system</option>
                <option value="light">Light</option>
                <option value="dark">Dark</option>
              </select>
            )}
          </Labelled>
        </div>
        <div className="grid gap-4 desk:grid-cols-2">
          <Labelled label="Language of new tasks" error={errors?.captureLanguage} className="">
            {(props) => (
              <select {...props} name="captureLanguage" defaultValue={shown.captureLanguage} className="input">
                <option value="en">English</option>
                <option value="de">English and German</option>
                <option value="fr">English and French</option>
                <option value="es">English and Spanish</option>
                <option value="it">English and Italian</option>
                <option value="pt">English and Portuguese</option>
                <option value="nl">English and Dutch</option>
              </select>
            )}
          </Labelled>
          <Labelled label="Dates in numbers" error={errors?.dateOrder} className="">
            {(props) => (
              <select {...props} name="dateOrder" defaultValue={shown.dateOrder} className="input">
                <option value="">Not chosen</option>
                <option value="dmy">31/12/2026</option>
                <option value="mdy">12/31/2026</option>
                <option value="ymd">2026/12/31</option>
              </select>
            )}
          </Labelled>
        </div>
        <button type="submit" className="button self-start">
          Save
        </button>
      </Form>
      <LogOut />
      <p className="mt-6 text-sm text-pretty text-ink-2">
        You can{" "}
        <Link to="/settings/password" className="font-medium text-accent hover:underline">
          change your password
        </Link>
        . Scripts get in with an{" "}
        <Link to="/settings/access-keys" className="font-medium text-accent hover:underline">
          access key
        </Link>
        . All that you have can be{" "}
        <Link to="/settings/data" className="font-medium text-accent hover:underline">
          exported and imported
        </Link>
        .
      </p>
    </>
  );
}

function LogOut() {
  return (
    <section className="mt-7.5 flex flex-wrap items-center gap-x-6 gap-y-3 border-y border-line py-4">
      <div className="min-w-0 flex-[1_1_280px]">
        <h2 className="text-sm font-medium">Sessions and tokens</h2>
        <p className="mt-0.5 text-[13px] text-pretty text-ink-2">
          Log out on every device, this one included, and end the tokens of scripts. Access keys work until you revoke them.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Form method="post" action="/logout" className="desk:hidden">
          <button type="submit" className="button-outline">
            Log out
          </button>
        </Form>
        <Form method="post">
          <button type="submit" name="intent" value="log-out-everywhere" className="button-outline">
            Log out everywhere
          </button>
        </Form>
      </div>
    </section>
  );
}
