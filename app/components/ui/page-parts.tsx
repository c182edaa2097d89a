import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

/** Also sets the document's title. */
export function PageHead({ title, sub, children }: { title: string; sub?: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-5 flex items-start justify-between gap-3">
      <title>{`${title} · Doable`}</title>
      <div className="min-w-0">
        <h1
          tabIndex={-1}
          className="text-2xl leading-tight font-[680] tracking-[-0.02em] text-pretty break-words outline-none desk:text-[28px]"
        >
          {title}
        </h1>
        {sub && <p className="mt-1 text-balance text-ink-2">{sub}</p>}
      </div>
      {children}
    </header>
  );
}

interface SectionProps {
  title: string;
  count: number;
  tone?: "late" | "quiet";
  action?: ReactNode;
  children: ReactNode;
}

const TONES = { late: "text-late", quiet: "text-ink-2" };

export function Section({ title, count, tone, action, children }: SectionProps) {
  return (
    <section className="mt-7.5">
      <header className="flex min-h-7 items-baseline gap-2 px-0.5 pb-1.5">
        <h2 className={`text-sm font-[640] ${tone ? TONES[tone] : ""}`}>{title}</h2>
        {count > 0 && <span className="text-[13px] text-ink-3 tabular-nums">{count}</span>}
        {action && <div className="ml-auto">{action}</div>}
      </header>
      {children}
    </section>
  );
}

export function Folded({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <details className="group/folded mt-7.5">
      <summary className="flex min-h-7 list-none items-center gap-2 rounded-md px-0.5 pb-1.5 pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <h2 className="text-sm font-[640] text-ink-2">{title}</h2>
        <span className="text-[13px] text-ink-3 tabular-nums">{count}</span>
        <ChevronDown
          aria-hidden="true"
          size={16}
          className="ml-auto -rotate-90 text-ink-3 transition-transform duration-150 group-open/folded:rotate-0"
        />
      </summary>
      {children}
    </details>
  );
}

/** Below a truncated list: a link to the whole list. */
export function FirstOnly({ count, to }: { count: number; to: string }) {
  return (
    <p className="mt-3 px-0.5 text-[13px] text-ink-2">
      These are the first {count}.{" "}
      <Link to={to} className="font-[550] text-accent hover:underline">
        Show all
      </Link>
    </p>
  );
}

export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-7.5 rounded-xl border border-dashed border-line px-6 py-14 text-center">
      <p tabIndex={-1} data-empty className="font-[550] outline-none">
        {title}
      </p>
      <p className="mt-1 text-sm text-balance text-ink-2">{children}</p>
    </div>
  );
}

/** app.css maps the colours. */
export function ListDot({ color }: { color: string | null }) {
  return <span aria-hidden="true" data-color={color ?? "grey"} className="dot mr-1 ml-[5px] size-[9px] flex-none rounded-full" />;
}
