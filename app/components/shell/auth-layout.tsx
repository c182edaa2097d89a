import type { ReactNode } from "react";
import { Link } from "react-router";
import { Brand } from "#app/components/ui/brand.tsx";

export function AuthLayout({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[400px] flex-col px-5 pt-[max(28px,12vh)] pb-16">
      <title>{`${title} · Doable`}</title>
      <Link to="/" className="self-start rounded-lg">
        <Brand />
      </Link>
      <h1 tabIndex={-1} className="mt-9 mb-6 text-[28px] leading-tight font-[680] tracking-[-0.02em] outline-none">
        {title}
      </h1>
      {children}
    </main>
  );
}
