/** How long earlier versions, the change log and tombstones are kept. */
export const HISTORY = { days: 90 };
