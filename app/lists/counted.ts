/** Where the side bar stops counting: whoever has this many tasks in one place does not miss the exact number. */
export const COUNTED_UP_TO = 100;
