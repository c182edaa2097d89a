/** On or after `from`; 1 is Monday. */
export function weekdayFrom(from: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return from.add({ days: (weekday - from.dayOfWeek + 7) % 7 });
}

export function startOfWeek(date: Temporal.PlainDate, weekStart: number): Temporal.PlainDate {
  return date.subtract({ days: (date.dayOfWeek - weekStart + 7) % 7 });
}

/** The weekday in the week of `date`. */
export function weekdayInWeek(date: Temporal.PlainDate, weekday: number, weekStart: number): Temporal.PlainDate {
  return weekdayFrom(startOfWeek(date, weekStart), weekday);
}

/** The Saturday of the weekend, or today if it has begun. */
export function weekend(today: Temporal.PlainDate): Temporal.PlainDate {
  return today.dayOfWeek === 7 ? today : weekdayFrom(today, 6);
}

export function nextWeekend(today: Temporal.PlainDate): Temporal.PlainDate {
  return weekdayFrom(weekend(today).add({ days: 1 }), 6);
}

export function isDay(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** The next date with this day and month, from today on. Eight years are the longest that 29 February can be away. */
export function monthDayFrom(today: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | undefined {
  for (let year = today.year; year <= today.year + 8; year++) {
    if (!isDay(year, month, day)) continue;
    const date = Temporal.PlainDate.from({ year, month, day });
    if (Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return undefined;
}

/** The next day with this number from today on, in a month that has it. */
export function dayOfMonthFrom(today: Temporal.PlainDate, day: number): Temporal.PlainDate | undefined {
  if (day < 1 || day > 31) return undefined;
  for (let month = today.with({ day: 1 }); ; month = month.add({ months: 1 })) {
    if (day <= month.daysInMonth && (month.month !== today.month || day >= today.day || month.year !== today.year))
      return month.with({ day });
  }
}

export function endOfMonth(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.with({ day: date.daysInMonth });
}
