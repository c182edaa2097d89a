import { taskVerb } from "#app/routes/api/task-verb.ts";

export const loader = taskVerb((tasks, id, versions) => tasks.restore(id, versions));
export const action = loader;
