import type { ReactNode } from "react";
import { Brand } from "#app/components/ui/brand.tsx";

const WORDS: Record<number, [title: string, text: string]> = {
  400: ["That request can't be read", "Go back and try it again."],
  403: ["This belongs to somebody else", "You can see your own tasks only."],
  404: ["There is nothing here", "The address may be mistyped, or what was here is gone."],
  413: ["That is too large", "Nothing was changed. A file to import may have 10 MB, and anything else 1 MB."],
  429: ["That was too often", "Nothing was changed. Wait a minute, then try it again."],
  503: ["Doable can't answer right now", "The database can't be reached. Nothing is lost: try again in a moment."],
};

interface ErrorPageProps {
  status: number;
  back?: string | undefined;
  /** In place of the usual text and link. */
  children?: ReactNode;
}

export function ErrorPage({ status, back, children }: ErrorPageProps) {
  const [title, text] = WORDS[status] ?? ["Something went wrong", "It is our fault, and it is in the log. Nothing you had saved is lost."];
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-2 px-6 pb-24">
      <title>{`${title} · Doable`}</title>
      <Brand />
      <p className="mt-6 text-sm font-medium text-ink-3 tabular-nums">{status}</p>
      <h1 tabIndex={-1} className="outline-none text-[28px] leading-tight font-[680] tracking-[-0.02em] text-balance">
        {title}
      </h1>
      {children ?? (
        <>
          <p className="text-balance text-ink-2">{text}</p>
          <p className="mt-4">
            <a className="button" href={back ?? "/"}>
              {back ? "Go back" : "Go to your tasks"}
            </a>
          </p>
        </>
      )}
    </main>
  );
}
