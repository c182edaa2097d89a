/** How long earlier versions and tombstones are kept. */
export const HISTORY = { days: 90 };
