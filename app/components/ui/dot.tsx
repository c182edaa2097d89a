/** The coloured dot of a list; its colours are in app.css. */
export function Dot({ color }: { color: string | null }) {
  return <span aria-hidden="true" data-color={color ?? "grey"} className="dot mr-1 ml-[5px] size-[9px] flex-none rounded-full" />;
}
