/** An occurrence that is moved from one day to another and completed there, and the day of the next one. */
export const MOVED_OCCURRENCES = [
  ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "2030-01-31", "2030-02-01", "2030-04-30"],
  ["FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=31", "2030-12-31", "2031-01-01", "2032-12-31"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2030-01-07", "2030-01-14", "2030-01-21"],
  ["FREQ=DAILY;INTERVAL=3", "2030-01-07", "2030-01-08", "2030-01-10"],
  ["FREQ=MONTHLY;BYMONTHDAY=1", "2030-02-01", "2030-01-30", "2030-03-01"],
  ["FREQ=WEEKLY;BYDAY=MO", "2030-01-14", "2030-01-11", "2030-01-21"],
] as const;
