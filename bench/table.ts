import type { Measured } from "./measure.ts";
import type { Results } from "./run.ts";

/** The results as Markdown, as they stand in the README. */
export function tableOf({ date, machine, rounds, questions, growth, process }: Results): string {
  const isBeside = Object.values(questions).some(({ floor }) => floor);
  return [
    `${date}, ${machine}. Each figure is the median of ${rounds} rounds${isBeside ? ": Doable / the floor = how many times the floor's" : ""}.`,
    aligned(
      ["", "requests a second", "p50 ms", "p99 ms", "CPU µs a request"],
      Object.entries(questions).map(([name, measured]) => [name, ...cellsOf(measured)]),
    ),
    ...(growth ? growthOf(growth) : []),
    aligned(["", ""], Object.entries(process)),
  ].join("\n\n");
}

const DIGITS: [keyof Measured, number][] = [
  ["perSecond", 0],
  ["p50", 1],
  ["p99", 1],
  ["cpu", 0],
];

function cellsOf({ doable, floor }: Results["questions"][string]): string[] {
  return DIGITS.map(([key, digits]) => {
    if (!doable) return "";
    if (!floor) return doable[key].toFixed(digits);
    return `${doable[key].toFixed(digits)} / ${floor[key].toFixed(digits)} = ${(doable[key] / floor[key]).toFixed(2)}`;
  });
}

function growthOf({ sizes, byTasks, byOthers }: NonNullable<Results["growth"]>): string[] {
  const row = ([name, times]: [string, number[]]) => [
    name,
    ...times.map((time) => `${time.toFixed(2)} (× ${(time / (times[0] ?? 1)).toFixed(2)})`),
  ];
  const count = (value: number) => value.toLocaleString("en-GB");
  return [
    "Milliseconds of one request alone; in brackets, how many times those of the smallest.",
    aligned(["for a user with … tasks", ...sizes.tasks.map(count)], Object.entries(byTasks).map(row)),
    aligned(["beside … rows of others", ...sizes.others.map(count)], Object.entries(byOthers).map(row)),
  ];
}

/** A Markdown table that can be read as it is, too: figures to the right. */
function aligned(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd : cell.padStart).call(cell, widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
