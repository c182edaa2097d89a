export const COUNTED_UP_TO = 100;

export interface SideBar {
  /** Open tasks in each view; every count stops at `COUNTED_UP_TO`. */
  counts: { today: number; upcoming: number; inbox: number };
  /** In manual order. */
  lists: { id: string; name: string; color: string | null; openCount: number }[];
}
