/** How long earlier versions, the change log and tombstones are kept. */
export const HISTORY = { days: 90 };

/** How long a change can be undone. */
export const UNDO_MINUTES = 10;
