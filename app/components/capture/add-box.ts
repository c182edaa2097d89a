/** The id of the box for a new task, of which every page has one. */
export const ADD_BOX = "add-task";
