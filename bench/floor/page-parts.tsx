import { readdirSync, readFileSync } from "node:fs";
import type { ComponentType } from "react";
import { type EntryContext, useLoaderData } from "react-router";
import App, * as root from "#app/root.tsx";
import LogIn from "#app/routes/login.tsx";
import SignedIn from "#app/routes/signed-in.tsx";
import Today, { handle } from "#app/routes/today.tsx";

/** Passes `loaderData` to a route's component, as React Router's build does. */
function withLoaderData(Component: ComponentType<never>): ComponentType {
  const Route = Component as ComponentType<{ loaderData: unknown }>;
  return () => <Route loaderData={useLoaderData()} />;
}

export const MODULES = {
  root: { default: App, Layout: root.Layout, links: root.links },
  "routes/signed-in": { default: withLoaderData(SignedIn) },
  "routes/today": { default: withLoaderData(Today), handle },
  "routes/login": { default: withLoaderData(LogIn) },
} as EntryContext["routeModules"];

const ASSETS = "build/client/assets";

/** The route manifest of Doable's build: the files of each route. */
export const MANIFEST: EntryContext["manifest"] = readManifest();

function readManifest() {
  const file = readdirSync(ASSETS).find((name) => /^manifest-.*\.js$/.test(name));
  return JSON.parse(readFileSync(`${ASSETS}/${file}`, "utf8").replace(/^window\.__reactRouterManifest=|;\s*$/g, ""));
}
