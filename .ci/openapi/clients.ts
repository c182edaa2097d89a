import createClient from "openapi-fetch";
import { batchTasks, completeTask, createList, createTask, listTasks } from "./generated/hey-api/index.ts";
import type { paths } from "./generated/openapi-typescript.ts";
import { Api } from "./generated/swagger-typescript-api.ts";

// Calls that generated clients must accept. Compiled, but never run.

const path = { user_id: "me" };
const task = { title: "Pay rent" };
const batch = { operations: [{ op: "create" as const, task }] };
const query = { limit: 10, min_priority: 2, deleted: true };

export async function useOpenApiTypescript(): Promise<(string | undefined)[]> {
  const client = createClient<paths>();
  await client.POST("/api/{user_id}/tasks", { params: { path }, body: task });
  await client.POST("/api/{user_id}/tasks", { params: { path }, body: { ...task, due: { date: "2026-12-01" } } });
  await client.POST("/api/{user_id}/lists", { params: { path }, body: { name: "Home" } });
  await client.POST("/api/{user_id}/tasks/batch", { params: { path }, body: batch });
  const params = { path: { ...path, task_id: "" }, query: { cascade: true } };
  await client.POST("/api/{user_id}/tasks/{task_id}/complete", { params });
  const { data } = await client.GET("/api/{user_id}/tasks", { params: { path, query } });
  const body = { name: "House" };
  const { error } = await client.PATCH("/api/{user_id}/lists/{list_id}", { params: { path: { ...path, list_id: "" } }, body });
  return [data?.items[0]?.title, error?.code === "version_conflict" ? error.current?.name : undefined];
}

export async function useHeyApi(): Promise<string | undefined> {
  await createTask({ path, body: task });
  await createList({ path, body: { name: "Home" } });
  await batchTasks({ path, body: batch });
  await completeTask({ path: { ...path, task_id: "" }, query: { cascade: true } });
  return (await listTasks({ path, query })).data?.items[0]?.title;
}

export async function useSwaggerTypescriptApi(): Promise<string | undefined> {
  const { api } = new Api();
  await api.createTask("me", task);
  await api.createList("me", { name: "Home" });
  await api.batchTasks("me", batch);
  await api.completeTask("me", "", { cascade: true });
  return (await api.listTasks("me", query)).data.items[0]?.title;
}
