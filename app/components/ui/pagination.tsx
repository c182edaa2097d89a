import { Link } from "react-router";

export function Pagination({ isFirst, next, first }: { isFirst: boolean; next: string | null; first: string }) {
  if (isFirst && !next) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex justify-between">
      {isFirst ? (
        <span />
      ) : (
        <Link to={first} className="button-quiet">
          First page
        </Link>
      )}
      {next && (
        <Link to={next} className="button-quiet">
          Next page
        </Link>
      )}
    </nav>
  );
}
