/** The dots that lists have, in the order of a rainbow. */
export const LIST_COLORS = ["red", "orange", "yellow", "green", "teal", "blue", "purple", "grey"] as const;
