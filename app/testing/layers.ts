import type { Import } from "#app/testing/import-graph.ts";

/** From the lowest up: a room imports from lower lines only, and nothing from the other rooms in its own line. */
const LAYERS = [
  ["base"],
  ["db"],
  ["http"],
  ["auth"],
  ["tasks"],
  ["lists"],
  ["changes", "io"],
  ["components"],
  ["pages", "openapi", "jobs"],
  ["routes"],
  ["server"],
  ["cli"],
];
const LEVELS = new Map(LAYERS.flatMap((rooms, level) => rooms.map((room) => [room, level] as const)));

/** Files directly in app/ that every room may import, and those that belong to the routes. */
const BASE = /^app\/((env|log|metrics|secret|signed-text)\.server|cannot-start|context|time)\.ts$/;
const FRAMEWORK = /^app\/(root|entry\.server|routes)\.tsx?$/;
/** Tests may import any room, to prepare data. */
const TEST = /^app\/testing\/|\.test\.tsx?$/;

interface Rule {
  message: string;
  from: RegExp;
  to: RegExp;
  allowsTypes?: boolean;
}

const ABOVE_SQL = /^app\/(components|jobs|openapi|pages|routes)\/(?!.*\.test\.tsx?$)/;

/** Beyond the layers: a file that matches `from` imports nothing that matches `to`. */
const RULES: Rule[] = [
  { message: "SQL belongs to the repositories", from: ABOVE_SQL, to: /^(kysely|pg)$|^app\/db\// },
  { message: "tokens belong to app/auth", from: ABOVE_SQL, to: /^jose$/ },
  { message: "the environment is read further down", from: ABOVE_SQL, to: /^app\/env\.server\.ts$/ },
  {
    message: "API routes use the repositories of ./repositories.ts, which join the request's transaction",
    from: /^app\/routes\/api\/(?!repositories\.ts$)/,
    to: /^app\/(tasks\/store\/tasks|lists\/lists|changes\/changes|io\/archive)\.server\.ts$/,
    allowsTypes: true,
  },
  { message: "components run in the browser", from: /^app\/components\//, to: /\.server\.tsx?$/ },
  { message: "files of the app are named from #app/ on", from: /^app\//, to: /^\..*(?<!\.css)$/ },
  { message: "only tests import test helpers", from: /^(?!app\/testing\/|.*\.test\.tsx?$)/, to: TEST },
  { message: "migrations never change, the app does", from: /^migrations\//, to: /^app\// },
  { message: "e2e tests know the app by its responses only", from: /^e2e\//, to: /^app\// },
];

/** One line for each import that a layer or a rule forbids, and for each circle, also of types. */
export function violations(imports: readonly Import[]): string[] {
  const forbidden = imports.flatMap((one) => [...layerMessages(one), ...ruleMessages(one)].map((message) => describe(one, message)));
  return [...forbidden, ...circles(imports).map((circle) => `circle: ${circle.join(" → ")}`)];
}

function describe({ from, to }: Import, message: string): string {
  return `${from} imports ${to}: ${message}`;
}

function ruleMessages({ from, to, isTypeOnly }: Import): string[] {
  const broken = RULES.filter((rule) => rule.from.test(from) && rule.to.test(to) && !(rule.allowsTypes && isTypeOnly));
  return broken.map(({ message }) => message);
}

function layerMessages({ from, to }: Import): string[] {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (TEST.test(from) || source === undefined || target === undefined || source === target) return [];
  const [level, targetLevel] = [LEVELS.get(source), LEVELS.get(target)];
  if (level === undefined || targetLevel === undefined) return [`${level === undefined ? source : target} is in no layer`];
  if (targetLevel < level) return [];
  return [`${target} is not below ${source}`];
}

/** The folder in app/; undefined for stylesheets, packages and what lies outside. */
function roomOf(path: string): string | undefined {
  if (BASE.test(path)) return "base";
  if (FRAMEWORK.test(path)) return "routes";
  return /\.tsx?$/.test(path) ? /^app\/([^/]+)/.exec(path)?.[1] : undefined;
}

/** Disjoint circles of files. Empty only if there is no circle. */
function circles(imports: readonly Import[]): string[][] {
  const left = new Map<string, Set<string>>();
  for (const { from, to } of imports) left.set(from, (left.get(from) ?? new Set()).add(to));
  const found: string[][] = [];
  for (;;) {
    removeLeaves(left);
    const [start] = left.keys();
    if (start === undefined) return found;
    const circle = circleFrom(start, left);
    for (const file of circle) left.delete(file);
    found.push(circle);
  }
}

/** Removes the files that import none of the others, until each that is left leads into a circle. */
function removeLeaves(left: Map<string, Set<string>>): void {
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [file, targets] of left) if (![...targets].some((target) => left.has(target))) left.delete(file);
  }
}

function circleFrom(start: string, left: Map<string, Set<string>>): string[] {
  const path: string[] = [];
  for (let file: string | undefined = start; file !== undefined; ) {
    if (path.includes(file)) return path.slice(path.indexOf(file));
    path.push(file);
    file = [...(left.get(file) ?? [])].find((target) => left.has(target));
  }
  return path;
}
