import { taskVerb } from "./task-verb";

export const loader = taskVerb((tasks, id, versions) => tasks.reopen(id, versions));
export const action = loader;
