import { Link, type LinkProps } from "react-router";
import { useNextPathname } from "#app/components/shell/pending-place.ts";

interface PlaceLinkProps extends LinkProps {
  to: string;
  /** Pages below the address do not count. */
  end?: boolean;
}

/** Marked as current as soon as its page is being loaded. */
export function PlaceLink({ end = false, ...props }: PlaceLinkProps) {
  const pathname = useNextPathname();
  const isCurrent = pathname === props.to || (!end && pathname.startsWith(`${props.to}/`));
  return <Link {...props} aria-current={isCurrent ? "page" : undefined} />;
}
