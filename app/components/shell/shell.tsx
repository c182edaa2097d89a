import { CalendarDays, History, Inbox, KeyRound, List, LogOut, type LucideIcon, Plus, Search, Settings, Sun, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Form, Link } from "react-router";
import { BottomBar } from "#app/components/shell/bottom-bar.tsx";
import { PlaceLink } from "#app/components/shell/place-link.tsx";
import { PaletteKeys, SearchLink } from "#app/components/shell/search-link.tsx";
import { Brand } from "#app/components/ui/brand.tsx";
import { ListDot } from "#app/components/ui/page-parts.tsx";
import { COUNTED_UP_TO } from "#app/lists/side-bar.ts";

interface ShellProps {
  name: string;
  lists: { id: string; name: string; color: string | null; openCount: number }[];
  counts: { today: number; upcoming: number; inbox: number };
  onSearch: () => void;
  children: ReactNode;
}

export function Shell({ children, ...sides }: ShellProps) {
  return (
    <div className="min-h-dvh desk:grid desk:grid-cols-[248px_minmax(0,1fr)]">
      <a href="#main" className="button fixed top-2 left-2 z-20 -translate-y-20 focus:translate-y-0">
        Skip to the tasks
      </a>
      <SideBar {...sides} />
      <main id="main" tabIndex={-1} className="px-4 pt-6 pb-36 outline-none desk:px-6 desk:pt-10 desk:pb-28">
        <div className="mx-auto max-w-[720px]">{children}</div>
      </main>
      <BottomBar onSearch={sides.onSearch} />
    </div>
  );
}

function SideBar({ name, lists, counts, onSearch }: Omit<ShellProps, "children">) {
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 hidden h-dvh flex-col gap-0.5 overflow-y-auto border-r border-line bg-sunken px-3 py-4 desk:flex"
    >
      <Link to="/today" className="mb-3.5 self-start rounded-lg px-2.5 py-1">
        <Brand />
      </Link>
      <SearchLink
        onSearch={onSearch}
        className="mb-2 flex h-9 flex-none items-center gap-2.5 rounded-lg border border-line bg-surface px-2.5 text-sm text-ink-2 transition-colors duration-150 hover:text-ink"
      >
        <Search aria-hidden="true" size={18} strokeWidth={1.75} />
        Search or jump to…
        <PaletteKeys />
      </SearchLink>
      <SideBarLink to="/today" Icon={Sun} label="Today" count={counts.today} />
      <SideBarLink to="/upcoming" Icon={CalendarDays} label="Upcoming" count={counts.upcoming} />
      <SideBarLink to="/inbox" Icon={Inbox} label="Inbox" count={counts.inbox} />
      <SideBarLink to="/tasks" Icon={List} label="All tasks" />
      <h2 className="mt-5 mb-1 px-2.5 text-xs font-semibold text-ink-3">Lists</h2>
      {lists.map((list) => (
        <PlaceLink key={list.id} to={`/lists/${list.id}`} className={SIDE_LINK}>
          <ListDot color={list.color} />
          <span className="truncate">{list.name}</span>
          <Count count={list.openCount} />
        </PlaceLink>
      ))}
      <PlaceLink to="/lists" end className={`${SIDE_LINK} text-ink-3`}>
        <Plus aria-hidden="true" size={18} strokeWidth={1.75} />
        New list
      </PlaceLink>
      <div className="mt-auto border-t border-line pt-2.5">
        <SideBarLink to="/history" Icon={History} label="History" />
        <SideBarLink to="/trash" Icon={Trash2} label="Trash" />
        <SideBarLink to="/settings" Icon={Settings} label="Settings" end />
        <SideBarLink to="/settings/access-keys" Icon={KeyRound} label="Access keys" />
        <Form method="post" action="/logout">
          <button type="submit" className={`${SIDE_LINK} w-full`}>
            <LogOut aria-hidden="true" size={18} strokeWidth={1.75} />
            <span className="truncate">Log out {name}</span>
          </button>
        </Form>
      </div>
    </nav>
  );
}

const SIDE_LINK =
  "flex h-9 flex-none items-center gap-2.5 rounded-lg px-2.5 font-medium text-ink-2 transition-colors duration-150 hover:bg-line/60 aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:ring-1 aria-[current]:ring-line [&_svg]:flex-none aria-[current]:[&_svg]:text-accent";

interface SideBarLinkProps {
  to: string;
  Icon: LucideIcon;
  label: string;
  count?: number;
  end?: boolean;
}

function SideBarLink({ to, Icon, label, count, end = false }: SideBarLinkProps) {
  return (
    <PlaceLink to={to} end={end} className={SIDE_LINK}>
      <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
      {label}
      <Count count={count ?? 0} />
    </PlaceLink>
  );
}

function Count({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="ml-auto text-[13px] font-normal text-ink-3 tabular-nums">
      {count < COUNTED_UP_TO ? count : `${COUNTED_UP_TO - 1}+`}
      <span className="sr-only"> open</span>
    </span>
  );
}
