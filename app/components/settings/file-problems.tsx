interface FileProblemsProps {
  name: string;
  problems: { pointer: string; message: string }[];
}

export function FileProblems({ name, problems }: FileProblemsProps) {
  return (
    <section aria-labelledby="problems" role="alert" className="mb-4 rounded-xl border border-late/30 bg-late/8 p-4">
      <h3 id="problems" className="text-sm font-[640] break-words text-late">
        “{name}” can't be imported yet
      </h3>
      <p className="mt-0.5 mb-2 text-[13px] text-ink-2">Nothing was changed. Mend this, and choose the file again.</p>
      <ul className="text-sm">
        {problems.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`} className="flex flex-wrap gap-x-3 border-t border-late/15 py-1.5">
            <span className="w-40 flex-none font-medium break-words tabular-nums">{locationOf(pointer)}</span>
            <span className="min-w-0 flex-1 basis-60 break-words">{message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A pointer in words: rows and columns as in a spreadsheet (RFC 7111), JSON Pointers (RFC 6901) counted from 1. */
function locationOf(pointer: string): string {
  const [, row, , column] = /^#(?:row|cell)=(\d+)(,(\d+))?$/.exec(pointer) ?? [];
  if (row) return column ? `Row ${row}, column ${columnName(Number(column))}` : `Row ${row}`;
  const [, kind, index, field] = /^\/(lists|tasks)\/(\d+)(?:\/(.*))?$/.exec(pointer) ?? [];
  if (kind) return `${kind === "lists" ? "List" : "Task"} ${Number(index) + 1}${field ? `, ${field}` : ""}`;
  return pointer === "" ? "The file" : pointer;
}

/** A column's name: 1 is A, 27 is AA. */
function columnName(column: number): string {
  return column < 1 ? "" : columnName(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}
