import type { Results } from "./run.ts";

/** The results as Markdown, as they stand in the README. */
export function tableOf({ date, machine, rows, growth, process }: Results): string {
  const lines = [
    `${date}, ${machine}. Each figure is the median of ${rows.rounds} rounds; in brackets, how it stands to the floor.`,
    "",
    "| | requests a second | p50 ms | p99 ms | CPU µs |",
    "| --- | --- | --- | --- | --- |",
    ...Object.entries(rows.questions).map(([name, { doable, floor }]) => {
      const cell = (key: "perSecond" | "p50" | "p99" | "cpu", digits: number) =>
        doable ? `${doable[key].toFixed(digits)}${floor ? ` (${(doable[key] / floor[key]).toFixed(2)})` : ""}` : "";
      return `| ${name} | ${cell("perSecond", 0)} | ${cell("p50", 1)} | ${cell("p99", 1)} | ${cell("cpu", 0)} |`;
    }),
    "",
    ...(growth ? growthOf(growth) : []),
    "| | |",
    "| --- | --- |",
    ...Object.entries(process).map(([name, value]) => `| ${name} | ${value} |`),
  ];
  return lines.join("\n");
}

function growthOf({ sizes, byTasks, byOthers }: NonNullable<Results["growth"]>): string[] {
  const row = (name: string, times: number[]) =>
    `| ${name} | ${times.map((time) => time.toFixed(2)).join(" | ")} | ${((times.at(-1) ?? 0) / (times[0] ?? 1)).toFixed(2)} |`;
  const table = (title: string, heads: string[], of: Record<string, number[]>) => [
    `| ${title} | ${heads.join(" | ")} | ratio |`,
    `| --- | ${heads.map(() => "---").join(" | ")} | --- |`,
    ...Object.entries(of).map(([name, times]) => row(name, times)),
    "",
  ];
  const count = (value: number) => value.toLocaleString("en-GB");
  return [
    ...table("ms for a user with … tasks", sizes.tasks.map(count), byTasks),
    ...table("ms beside … rows of others", sizes.others.map(count), byOthers),
  ];
}
