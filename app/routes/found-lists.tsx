import { Link } from "react-router";
import { ListDot, Section } from "#app/components/ui/page-parts.tsx";

export function FoundLists({ lists }: { lists: { id: string; name: string; color: string | null }[] }) {
  return (
    <Section title="Lists" count={lists.length}>
      <ul className="border-t border-line">
        {lists.map(({ id, name, color }) => (
          <li key={id} className="border-b border-line">
            <Link to={`/lists/${id}`} className="flex min-h-11 items-center gap-2.5 px-1 py-1.5">
              <ListDot color={color} />
              <span className="min-w-0 flex-1 font-[480] break-words">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
