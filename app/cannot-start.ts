/** The process can't start, for a reason that fits in one line and names the way out. */
export class CannotStart extends Error {}
