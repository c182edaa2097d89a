import type { ServerBuild } from "react-router";

type Route = NonNullable<ServerBuild["routes"][string]>;

/**
 * The build's resource routes under /api without the rest, each by itself, with the middleware of what stood around it.
 * React Router tries a path on one route after the other, and on all that stand around each: of the whole build, twice
 * for each request, that costs a program more than all else that the router does.
 */
export function apiBuild(build: ServerBuild): ServerBuild {
  const all = Object.values(build.routes).filter((route) => route !== undefined);
  const own = all.filter(({ path, module }) => path?.startsWith("api/") && !module.default);
  const routes = own.map((route) => {
    const middleware = lineage(route, build).flatMap(({ module }) => module.middleware ?? []);
    return [route.id, { ...route, parentId: undefined, module: { ...route.module, middleware } }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

/** From the root down to the route. */
function lineage(route: Route, build: ServerBuild): Route[] {
  const parent = route.parentId === undefined ? undefined : build.routes[route.parentId];
  return parent ? [...lineage(parent, build), route] : [route];
}
