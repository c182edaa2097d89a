import { Link } from "react-router";
import { optionalSession } from "#app/auth/session.server.ts";
import { Brand } from "#app/components/ui/brand.tsx";
import { sessionUserContext } from "#app/context.ts";
import { publicUrl } from "#app/http/public-url.ts";
import { reference } from "#app/openapi/reference.ts";
import { ApiOperation, CommandLine, TextWithCode } from "#app/routes/api-operation.tsx";
import type { Route } from "./+types/api-docs";

export const middleware: Route.MiddlewareFunction[] = [optionalSession];

export function loader({ context }: Route.LoaderArgs) {
  const user = context.get(sessionUserContext);
  const { origin } = publicUrl("/");
  return { isSignedIn: user !== undefined, userId: user?.id, origin, ...reference(origin, user?.id) };
}

/** Private: signed-in users see their own id. */
export function headers() {
  return { "Cache-Control": "private, no-cache" };
}

export default function ApiDocs({ loaderData }: Route.ComponentProps) {
  const { groups, introduction, isSignedIn, origin, userId } = loaderData;
  const [lead = "", ...rules] = introduction.split("\n").filter(Boolean);
  return (
    <div className="mx-auto max-w-[1040px] px-5 py-6">
      <title>The API · Doable</title>
      <meta name="description" content={lead} />
      <header className="flex items-center justify-between">
        <Link to="/" className="rounded-lg">
          <Brand />
        </Link>
        <Link to={isSignedIn ? "/today" : "/login"} className="button-quiet">
          {isSignedIn ? "Your tasks" : "Log in"}
        </Link>
      </header>
      <div className="mt-8 gap-12 desk:grid desk:grid-cols-[190px_minmax(0,1fr)] desk:mt-12">
        <Contents groups={groups} />
        <main className="min-w-0">
          <h1 className="text-[28px] leading-tight font-[680] tracking-[-0.02em] desk:text-[34px]">The API</h1>
          <p className="mt-2 max-w-[60ch] text-[17px] text-pretty text-ink-2">{lead}</p>
          <ul className="mt-4 max-w-[68ch] list-disc space-y-1 pl-5 marker:text-ink-3">
            {rules.map((rule) => (
              <li key={rule}>
                <TextWithCode text={rule.replace(/^- /, "")} />
              </li>
            ))}
          </ul>
          <GetStarted origin={origin} userId={userId} />
          {groups.map(({ name, description, operations }) => (
            <section key={name} aria-labelledby={`group-${name}`} className="mt-12">
              <h2 id={`group-${name}`} className="scroll-mt-6 text-xl font-[660] tracking-[-0.01em]">
                {name}
              </h2>
              <p className="mt-0.5 mb-4 text-ink-2">{description}</p>
              {operations.map((operation) => (
                <ApiOperation key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </div>
  );
}

function GetStarted({ origin, userId }: { origin: string; userId: string | undefined }) {
  return (
    <section aria-labelledby="start" className="mt-8 rounded-xl border border-line bg-surface p-4 shadow-raised desk:p-5">
      <h2 id="start" className="font-[640]">
        Start here
      </h2>
      <p className="mt-1 mb-3 text-sm text-pretty text-ink-2">
        Make an access key on{" "}
        <Link to="/settings/access-keys" className="text-accent underline decoration-1 underline-offset-2">
          its page
        </Link>{" "}
        and put it into <TextWithCode text="`KEY`" />. Trade it for a token, which lasts 15 minutes. Every line below is then ready to be
        pasted.
      </p>
      <CommandLine text={`TOKEN=$(curl -s -X POST -H "X-API-Key: $KEY" ${origin}/api/token | jq -r .access_token)`} what="Get a token" />
      <p className="mt-3 text-sm text-ink-2">
        {userId ? (
          <>
            You are <code className="font-mono text-[13px] break-all text-ink">{userId}</code>. In a path, <TextWithCode text="`me`" /> says
            the same.
          </>
        ) : (
          <TextWithCode text="In a path, `me` is whoever the token is of." />
        )}{" "}
        Machines read{" "}
        <a href="/api/openapi.json" className="text-accent underline decoration-1 underline-offset-2">
          openapi.json
        </a>
        .
      </p>
    </section>
  );
}

function Contents({ groups }: Pick<Route.ComponentProps["loaderData"], "groups">) {
  return (
    <nav aria-label="Contents" className="sticky top-6 hidden max-h-[calc(100dvh-3rem)] self-start overflow-y-auto pb-6 text-sm desk:block">
      {groups.map(({ name, operations }) => (
        <div key={name} className="mb-4">
          <a href={`#group-${name}`} className="block rounded-md py-1 font-[640] hover:text-accent">
            {name}
          </a>
          {operations.map(({ id, summary }) => (
            <a key={id} href={`#${id}`} className="block rounded-md py-1 leading-snug text-ink-2 hover:text-ink">
              {summary}
            </a>
          ))}
        </div>
      ))}
    </nav>
  );
}
