import type { ServerBuild } from "react-router";

type Route = NonNullable<ServerBuild["routes"][string]>;

/**
 * A build with only the resource routes under /api, flattened: each carries the middleware of its former ancestors.
 * React Router matches every request twice, against each route with its ancestors. On the whole build that is the
 * router's largest cost per API request.
 */
export function apiBuild(build: ServerBuild): ServerBuild {
  const all = Object.values(build.routes).filter((route) => route !== undefined);
  const api = all.filter(({ path, module }) => path?.startsWith("api/") && !module.default);
  const routes = api.map((route) => {
    const middleware = lineage(route, build).flatMap(({ module }) => module.middleware ?? []);
    return [route.id, { ...route, parentId: undefined, module: { ...route.module, middleware } }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

function lineage(route: Route, build: ServerBuild): Route[] {
  const parent = route.parentId === undefined ? undefined : build.routes[route.parentId];
  return parent ? [...lineage(parent, build), route] : [route];
}
