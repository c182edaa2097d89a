import { taskVerb } from "#app/routes/api/task-verb.ts";

export const loader = taskVerb((tasks, id, versions) => tasks.reopen(id, versions));
export const action = loader;
