import fc from "fast-check";

// A model of repeating tasks, written from docs/repeats.md and not from the code. It tries day after day.

type Day = Temporal.PlainDate;

export interface RuleModel {
  rrule: string;
  anchor: "due" | "completion";
  count: number | undefined;
  /** Whether the rule, counted from `start`, has this day. */
  isOn(start: Day, day: Day): boolean;
}

export interface OccurrenceModel {
  due: Day;
  /** The day that the rule gave it. */
  ruleDay: Day;
  status: "open" | "done";
  /** How many occurrences are left, this one included. */
  count: number | undefined;
  /** Whether it is as the completion of the one before made it. */
  isUntouched: boolean;
  /** The one whose completion made it. */
  previous: OccurrenceModel | undefined;
  isInSeries: boolean;
}

function mondayOf(day: Day): Day {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

function months(day: Day): number {
  return day.year * 12 + day.month;
}

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const interval = fc.integer({ min: 1, max: 3 });
const monthDay = fc.constantFrom(1, 15, 30, 31, -1);

function isMonthDay(day: Day, wanted: number): boolean {
  return day.day === (wanted === -1 ? day.daysInMonth : Math.min(wanted, day.daysInMonth));
}

const daily = interval.map((every) => ({
  rrule: `FREQ=DAILY;INTERVAL=${every}`,
  isOn: (start: Day, day: Day) => start.until(day).days % every === 0,
}));
const weekly = fc.tuple(interval, fc.subarray(WEEKDAYS, { minLength: 1, maxLength: 2 })).map(([every, names]) => ({
  rrule: `FREQ=WEEKLY;INTERVAL=${every};BYDAY=${names}`,
  isOn: (start: Day, day: Day) =>
    names.includes(WEEKDAYS[day.dayOfWeek - 1] ?? "") && (mondayOf(start).until(mondayOf(day)).days / 7) % every === 0,
}));
const monthly = fc.tuple(interval, monthDay).map(([every, wanted]) => ({
  rrule: `FREQ=MONTHLY;INTERVAL=${every};BYMONTHDAY=${wanted}`,
  isOn: (start: Day, day: Day) => isMonthDay(day, wanted) && (months(day) - months(start)) % every === 0,
}));
const yearly = fc.tuple(interval, fc.constantFrom(1, 3, 7, 10, 12), monthDay).map(([every, month, wanted]) => ({
  rrule: `FREQ=YEARLY;INTERVAL=${every};BYMONTH=${month};BYMONTHDAY=${wanted}`,
  isOn: (start: Day, day: Day) => day.month === month && isMonthDay(day, wanted) && (day.year - start.year) % every === 0,
}));

export const anyRule: fc.Arbitrary<RuleModel> = fc
  .tuple(
    fc.oneof(daily, weekly, monthly, yearly),
    fc.constantFrom("due" as const, "due" as const, "completion" as const),
    fc.option(fc.integer({ min: 2, max: 14 }), { nil: undefined }),
  )
  .map(([rule, anchor, count]) => ({ ...rule, anchor, count }));

function latest(...days: Day[]): Day {
  return days.toSorted(Temporal.PlainDate.compare).at(-1) as Day;
}

/** The date of the occurrence after this one, if `of` is skipped or completed today. */
function dateAfter(rule: RuleModel, of: OccurrenceModel, today: Day, isSkipped: boolean): Day {
  const fromCompletion = isSkipped ? latest(of.due, today) : today;
  const start = rule.anchor === "due" ? of.ruleDay : fromCompletion;
  let day = rule.anchor === "due" ? latest(of.ruleDay, of.due, today) : fromCompletion;
  do day = day.add({ days: 1 });
  while (!rule.isOn(start, day));
  return day;
}

/** The series and what has left it. */
export class SeriesModel {
  readonly rule: RuleModel;
  readonly today: Day;
  tasks: OccurrenceModel[];

  constructor(rule: RuleModel, due: Day, today: Day) {
    this.rule = rule;
    this.today = today;
    const first = { due, ruleDay: due, status: "open", count: rule.count, isUntouched: false, previous: undefined } as const;
    this.tasks = [{ ...first, isInSeries: true }];
  }

  get open(): OccurrenceModel | undefined {
    return this.tasks.find(({ status, isInSeries }) => status === "open" && isInSeries);
  }

  complete(of: OccurrenceModel): void {
    of.status = "done";
    of.isUntouched = false;
    if (of.count === 1) return;
    const due = dateAfter(this.rule, of, this.today, false);
    const count = of.count && of.count - 1;
    this.tasks.push({ due, ruleDay: due, status: "open", count, isUntouched: true, previous: of, isInSeries: true });
  }

  /** False: it is the last one. */
  skip(of: OccurrenceModel): boolean {
    if (of.count === 1) return false;
    of.due = of.ruleDay = dateAfter(this.rule, of, this.today, true);
    of.count = of.count && of.count - 1;
    of.isUntouched = false;
    return true;
  }

  move(of: OccurrenceModel, due: Day): void {
    if (!due.equals(of.due)) of.isUntouched = false;
    of.due = due;
  }

  moveOverdue(): void {
    for (const task of this.tasks)
      if (task.status === "open" && Temporal.PlainDate.compare(task.due, this.today) < 0) this.move(task, this.today);
  }

  reopen(of: OccurrenceModel): void {
    const next = this.tasks.find(({ previous, isInSeries }) => previous === of && isInSeries);
    of.status = "open";
    of.isUntouched = false;
    if (next?.status === "open" && next.isUntouched) this.tasks = this.tasks.filter((task) => task !== next);
    else of.isInSeries = of.isInSeries && !next && !this.tasks.some((task) => task !== of && task.status === "open" && task.isInSeries);
  }

  /** In words, in no order that matters. */
  summary(): string[] {
    return this.tasks
      .map(({ due, status, isInSeries, count }) => `${due} ${status}${isInSeries ? ` repeats ${count ?? "always"}` : ""}`)
      .toSorted();
  }
}

/** More in the soak tests. */
export const SERIES_RUNS = Number(process.env.SERIES_RUNS ?? 10);
