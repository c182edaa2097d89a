import { taskVerb } from "./task-verb";

export const loader = taskVerb((tasks, id, versions) => tasks.skip(id, versions));
export const action = loader;
