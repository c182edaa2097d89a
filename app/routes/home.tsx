import { Link, redirect } from "react-router";
import { optionalSession } from "#app/auth/session.server.ts";
import { Brand } from "#app/components/ui/brand.tsx";
import { sessionUserContext } from "#app/context.ts";
import type { Route } from "./+types/home";

export const middleware: Route.MiddlewareFunction[] = [optionalSession];

export function loader({ context }: Route.LoaderArgs) {
  if (context.get(sessionUserContext)) throw redirect("/today");
  return null;
}

export default function Home() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-[1040px] flex-col px-5 py-6">
      <title>Doable: a calm to-do list that scripts can share</title>
      <meta name="description" content="A to-do list for one person's day, with a strict JSON API for the scripts that help." />
      <header className="flex items-center justify-between">
        <Brand />
        <Link to="/login" className="button-quiet">
          Log in
        </Link>
      </header>
      <div className="grid flex-1 items-center content-start gap-10 py-10 desk:gap-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:content-center lg:gap-14">
        <div>
          <h1 tabIndex={-1} className="text-[36px] leading-[1.1] font-[680] tracking-[-0.025em] text-balance outline-none desk:text-[46px]">
            A calm list for your day.
          </h1>
          <p className="mt-4 max-w-[46ch] text-[17px] text-pretty text-ink-2">
            Write it down, tick it off. Your scripts may help: they read and write the same tasks, through an API that never loses or
            doubles one.
          </p>
          <p className="mt-7 flex flex-wrap items-center gap-2">
            <Link to="/signup" className="button px-5">
              Create an account
            </Link>
            <Link to="/login" className="button-quiet">
              I have one
            </Link>
          </p>
        </div>
        <picture className="overflow-hidden rounded-2xl border border-line shadow-raised">
          <source srcSet="/tasks-dark.png" media="(prefers-color-scheme: dark)" width="1280" height="900" />
          <img
            src="/tasks-light.png"
            alt="The task list, with a box for the next task on top"
            width="1280"
            height="900"
            className="block aspect-[13/15] h-auto w-full object-cover object-[75%_0] sm:aspect-auto"
          />
        </picture>
      </div>
    </main>
  );
}
