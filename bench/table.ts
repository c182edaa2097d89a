import type { Measurement } from "./measure.ts";
import type { Results } from "./results.ts";

/** The results as Markdown tables, as in docs/benchmarks.md. */
export function resultsTable({ date, machine, rounds, scenarios, growth, process }: Results): string {
  const hasFloor = Object.values(scenarios).some(({ floor }) => floor);
  return [
    `${date}, ${machine}. Each figure is the median of ${rounds} rounds${hasFloor ? ": Doable / the floor = the ratio" : ""}.`,
    markdownTable(
      ["", "requests a second", "p50 ms", "p99 ms", "CPU µs a request"],
      Object.entries(scenarios).map(([name, measured]) => [name, ...cells(measured)]),
    ),
    ...(growth ? growthTables(growth) : []),
    markdownTable(["", ""], Object.entries(process)),
  ].join("\n\n");
}

const DIGITS: [keyof Measurement, number][] = [
  ["perSecond", 0],
  ["p50", 1],
  ["p99", 1],
  ["cpu", 0],
];

function cells({ doable, floor }: Results["scenarios"][string]): string[] {
  return DIGITS.map(([key, digits]) => {
    if (!doable) return "";
    if (!floor) return doable[key].toFixed(digits);
    return `${doable[key].toFixed(digits)} / ${floor[key].toFixed(digits)} = ${(doable[key] / floor[key]).toFixed(2)}`;
  });
}

function growthTables({ sizes, byTasks, byOthers }: NonNullable<Results["growth"]>): string[] {
  const row = ([name, times]: [string, number[]]) => [
    name,
    ...times.map((time) => `${time.toFixed(2)} (× ${(time / (times[0] ?? 1)).toFixed(2)})`),
  ];
  const count = (value: number) => value.toLocaleString("en-GB");
  return [
    "Milliseconds of a single request; in brackets, the ratio to the smallest size.",
    markdownTable(["for a user with … tasks", ...sizes.tasks.map(count)], Object.entries(byTasks).map(row)),
    markdownTable(["beside … rows of other users", ...sizes.others.map(count)], Object.entries(byOthers).map(row)),
  ];
}

/** A Markdown table with padded cells; all columns but the first are aligned right. */
function markdownTable(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd : cell.padStart).call(cell, widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
