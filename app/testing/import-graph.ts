import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "vite";

export interface Import {
  from: string;
  /** A path from the project's root or a package's name; a relative path only if the importing file is in app/. */
  to: string;
  isTypeOnly: boolean;
}

export function readImports(...folders: string[]): Import[] {
  const files = globSync(folders.map((folder) => `${folder}/**/*.{ts,tsx}`));
  return files.flatMap((file) => importsOf(file, readFileSync(file, "utf8")));
}

/** Includes re-exports and dynamic imports; leaves out React Router's generated types. */
export function importsOf(from: string, text: string): Import[] {
  const { module, errors } = parseSync(from, text);
  if (errors.length > 0) throw new Error(`${from}: ${errors[0]?.message}`);
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      isTypeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest, isType }) => ({ specifier: moduleRequest?.value ?? "", isTypeOnly: isType })),
    ),
    // The module record has no `typeof import("…")`.
    ...Array.from(text.matchAll(/\b(typeof )?import\(\s*"([^"]+)"/g), ([, type, specifier = ""]) => ({
      specifier,
      isTypeOnly: type !== undefined,
    })),
  ];
  return specifiers
    .filter(({ specifier }) => specifier !== "" && !specifier.startsWith("./+types/"))
    .map(({ specifier, isTypeOnly }) => ({ from, to: resolve(from, specifier), isTypeOnly }));
}

/** In app/, a relative path stays relative, so that a rule can reject it. */
function resolve(file: string, specifier: string): string {
  const [path = ""] = specifier.split("?");
  if (path.startsWith("#app/")) return path.slice(1);
  if (path.startsWith(".")) return file.startsWith("app/") ? path : join(dirname(file), path);
  return path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
}
