import { index, layout, type RouteConfig, route } from "@react-router/dev/routes";

export default [
  index("routes/home.tsx"),
  route("signup", "routes/signup.tsx"),
  route("login", "routes/login.tsx"),
  route("logout", "routes/logout.tsx"),

  layout("routes/signed-in.tsx", [
    route("today", "routes/today.tsx"),
    route("upcoming", "routes/upcoming.tsx"),
    route("inbox", "routes/inbox.tsx"),
    route("lists", "routes/lists.tsx"),
    route("lists/:listId", "routes/list.tsx"),
    route("tasks", "routes/tasks.tsx"),
    route("tasks/:userId", "routes/tasks-of-user.tsx"),
    route("task/:taskId", "routes/task.tsx"),
    route("capture", "routes/capture.ts"),
    route("find", "routes/find.ts"),
    route("trash", "routes/trash.tsx"),
    route("settings", "routes/settings.tsx"),
    route("settings/access-keys", "routes/access-keys.tsx"),
  ]),

  route(".well-known/jwks.json", "routes/api/key-set.ts", { id: "well-known-key-set" }),
  route("api/auth/jwks", "routes/api/key-set.ts", { id: "auth-key-set" }),
  route("api/auth/*", "routes/api/auth.ts"),
  route("api/token", "routes/api/token.ts"),
  route("api/openapi.json", "routes/api/openapi.ts"),
  layout("routes/api/guard.ts", [
    route("api/me", "routes/api/me.ts"),
    route("api/:userId/changes", "routes/api/changes.ts"),
    route("api/:userId/export", "routes/api/export.ts"),
    route("api/:userId/import", "routes/api/import.ts"),
    route("api/:userId/tasks", "routes/api/tasks.ts"),
    route("api/:userId/tasks/:taskId", "routes/api/task.ts"),
    route("api/:userId/tasks/:taskId/complete", "routes/api/task-complete.ts"),
    route("api/:userId/tasks/:taskId/reopen", "routes/api/task-reopen.ts"),
    route("api/:userId/tasks/:taskId/skip", "routes/api/task-skip.ts"),
    route("api/:userId/tasks/:taskId/restore", "routes/api/task-restore.ts"),
    route("api/:userId/tasks/:taskId/move", "routes/api/task-move.ts"),
  ]),
  route("api/*", "routes/api/not-found.ts"),

  route("healthz", "routes/healthz.ts"),
  route("readyz", "routes/readyz.ts"),
  route("metrics", "routes/metrics.ts"),
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig;
