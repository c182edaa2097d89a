// Spreadsheets save values in spellings of their own. Those that can mean only one thing are accepted.

/** The order of day and month in dates such as 01/12/2026. */
export type DateOrder = "day first" | "month first";

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const MIDNIGHT = /[T ](?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)?\s?AM)$/i;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:\s?([AP])M)?$/i;
const INSTANT = /^([\d./-]+)[T ](.+?)(Z|[+-]\d{2}:\d{2})?$/;
const WHOLE_NUMBER = /^(\d)(?:[.,]0+)?$/;
/** Spreadsheets save numbers of more than 11 digits like this; the other digits are lost. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d{2,3}$/;

/** Whether columns of this SQL type have dates. */
export function hasDates(type: string): boolean {
  return type === "date" || type === "timestamptz";
}

/** Collects the orders of a file's dates. A program saves all of them in one order, so a date that has only one reading tells it. */
export class DateOrders {
  readonly #found = new Set<DateOrder>();

  add(cell: string): void {
    const [, first, separator, second] = YEAR_LAST.exec(dateIn(cell)) ?? [];
    if (separator === ".") return;
    if (Number(first) > 12) this.#found.add("day first");
    if (Number(second) > 12) this.#found.add("month first");
  }

  /** `undefined` if every date has two readings, or the dates disagree. */
  get common(): DateOrder | undefined {
    const [order, other] = this.#found;
    return other === undefined ? order : undefined;
  }
}

/** The value as an export spells it. Unknown spellings are returned as they are, and refused by the schema. */
export function exportSpelling(cell: string, type: string, order: DateOrder | undefined): string {
  const text = cell.trim();
  switch (type) {
    case "date":
      return dayOf(text.replace(MIDNIGHT, ""), order) ?? cell;
    case "time":
      return timeOf(text) ?? cell;
    case "timestamptz":
      return instantOf(text, order) ?? cell;
    case "smallint":
      return WHOLE_NUMBER.exec(text)?.[1] ?? cell;
    default:
      return cell;
  }
}

/** The problem of a cell from which the original value can't be read: it may mean two things, or has lost digits. */
export function ambiguityOf(cell: string, column: string, type: string, order: DateOrder | undefined): string | undefined {
  if (column === "external_id") return SHORTENED.test(cell) ? "is a number that a spreadsheet has shortened" : undefined;
  const date = dateIn(cell);
  const isUnclear = hasDates(type) && YEAR_LAST.test(date) && dayOf(date, order) === undefined;
  return isUnclear ? "may have the day first or the month first: spell dates YYYY-MM-DD" : undefined;
}

function dateIn(cell: string): string {
  return cell.trim().split(/[T ]/, 1)[0] ?? "";
}

function dayOf(text: string, order: DateOrder | undefined): string | undefined {
  const [, year, , month = "", day = ""] = YEAR_FIRST.exec(text) ?? [];
  if (year) return isoDay(year, month, day);
  const [, first = "", separator, second = "", lastYear] = YEAR_LAST.exec(text) ?? [];
  if (!lastYear) return undefined;
  // Dates with dots have the day first everywhere.
  if (separator === "." || order === "day first" || Number(first) === Number(second)) return isoDay(lastYear, second, first);
  return order && isoDay(lastYear, first, second);
}

function isoDay(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** `HH:MM`, because a due time has no seconds. */
function timeOf(text: string): string | undefined {
  const [, time, seconds] = /^(\d\d:\d\d):([\d.]+)$/.exec(clockOf(text) ?? "") ?? [];
  return Number(seconds) === 0 ? time : undefined;
}

/** `HH:MM:SS`, with the fraction if there is one. */
function clockOf(text: string): string | undefined {
  const [, hour, minute, second = "00", fraction, half] = TIME.exec(text) ?? [];
  if (hour === undefined || (half && (Number(hour) < 1 || Number(hour) > 12))) return undefined;
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === "P" ? 12 : 0) : Number(hour);
  return `${String(hours).padStart(2, "0")}:${minute}:${second}${fraction ? `.${fraction}` : ""}`;
}

/** Exports have instants in UTC; spreadsheets may drop the zone, the seconds and the T. */
function instantOf(text: string, order: DateOrder | undefined): string | undefined {
  const [, date = "", time = "", zone = "Z"] = INSTANT.exec(text) ?? [];
  const [day, clock] = [dayOf(date, order), clockOf(time)];
  return day && clock && `${day}T${clock}${zone}`;
}
