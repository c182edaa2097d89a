import { KeyRound, List, LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { Form, Link, NavLink } from "react-router";
import { Brand } from "#app/components/brand.tsx";

const PLACES = [
  { to: "/tasks", label: "All tasks", short: "Tasks", Icon: List },
  { to: "/settings/access-keys", label: "Access keys", short: "Keys", Icon: KeyRound },
];

/** The frame of every signed-in page: a side bar at a desk, a bottom bar on a phone. */
export function Shell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-h-dvh desk:grid desk:grid-cols-[248px_minmax(0,1fr)]">
      <a href="#main" className="button fixed top-2 left-2 z-20 -translate-y-20 focus:translate-y-0">
        Skip to the tasks
      </a>
      <SideBar name={name} />
      <main id="main" tabIndex={-1} className="px-4 pt-6 pb-36 outline-none desk:px-6 desk:pt-10 desk:pb-28">
        <div className="mx-auto max-w-[720px]">{children}</div>
      </main>
      <BottomBar />
    </div>
  );
}

function SideBar({ name }: { name: string }) {
  return (
    <nav aria-label="Main" className="sticky top-0 hidden h-dvh flex-col gap-0.5 border-r border-line bg-sunken px-3 py-4 desk:flex">
      <Link to="/tasks" className="mb-3.5 self-start rounded-lg px-2.5 py-1">
        <Brand />
      </Link>
      {PLACES.map(({ to, label, Icon }) => (
        <NavLink key={to} to={to} className={SIDE_LINK}>
          <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
          {label}
        </NavLink>
      ))}
      <div className="mt-auto border-t border-line pt-2.5">
        <p className="truncate px-2.5 pb-1 text-[13px] text-ink-3">{name}</p>
        <Form method="post" action="/logout">
          <button type="submit" className={`${SIDE_LINK} w-full`}>
            <LogOut aria-hidden="true" size={18} strokeWidth={1.75} />
            Log out
          </button>
        </Form>
      </div>
    </nav>
  );
}

const SIDE_LINK =
  "flex h-9 items-center gap-2.5 rounded-lg px-2.5 font-medium text-ink-2 transition-colors duration-150 hover:bg-line/60 aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:ring-1 aria-[current]:ring-line aria-[current]:[&_svg]:text-accent";

function BottomBar() {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-10 grid grid-cols-3 border-t border-line bg-paper/88 pb-[env(safe-area-inset-bottom)] backdrop-blur-md desk:hidden"
    >
      {PLACES.map(({ to, short, Icon }) => (
        <NavLink key={to} to={to} className={BAR_LINK}>
          <Icon aria-hidden="true" size={21} strokeWidth={1.75} />
          {short}
        </NavLink>
      ))}
      <Form method="post" action="/logout" className="grid">
        <button type="submit" className={BAR_LINK}>
          <LogOut aria-hidden="true" size={21} strokeWidth={1.75} />
          Log out
        </button>
      </Form>
    </nav>
  );
}

const BAR_LINK = "grid justify-items-center gap-0.5 py-2 text-[11px] font-[550] text-ink-2 aria-[current]:text-accent";
