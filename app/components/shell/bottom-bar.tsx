import { CalendarDays, Inbox, List, type LucideIcon, Search, Sun } from "lucide-react";
import { PlaceLink } from "#app/components/shell/place-link.tsx";
import { SearchLink } from "#app/components/shell/search-link.tsx";

const BAR: { to: string; Icon: LucideIcon; label: string }[] = [
  { to: "/today", Icon: Sun, label: "Today" },
  { to: "/upcoming", Icon: CalendarDays, label: "Upcoming" },
  { to: "/inbox", Icon: Inbox, label: "Inbox" },
  { to: "/lists", Icon: List, label: "Lists" },
];

const BAR_LINK = "grid justify-items-center gap-0.5 py-2 text-[11px] font-[550] text-ink-2 aria-[current]:text-accent";

export function BottomBar({ onSearch }: { onSearch: () => void }) {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-10 grid grid-cols-5 border-t border-line bg-paper/88 pb-[env(safe-area-inset-bottom)] backdrop-blur-md desk:hidden"
    >
      {BAR.map(({ to, Icon, label }) => (
        <PlaceLink key={to} to={to} className={BAR_LINK}>
          <Icon aria-hidden="true" size={21} strokeWidth={1.75} />
          {label}
        </PlaceLink>
      ))}
      <SearchLink onSearch={onSearch} className={BAR_LINK}>
        <Search aria-hidden="true" size={21} strokeWidth={1.75} />
        Search
      </SearchLink>
    </nav>
  );
}
