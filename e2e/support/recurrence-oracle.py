"""The dates of recurrence rules by dateutil, which is independent of Doable's own code, with Doable's documented differences.

Reads one JSON object a line: {"rrule", "anchor", "date", "time", "timezone"}, and for a rule that was refused "refused": true.
Writes one JSON value a line: the next five dates after `date`, each counted from the one before; for a refused rule, the dates
of RFC 5545 that it has.
"""

import json
import sys
from calendar import monthrange
from datetime import datetime
from heapq import merge
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

DATES = 5
# So many months that match the rule are searched for the next date.
MONTHS_SEARCHED = 41 * 12
UTC = ZoneInfo("UTC")
YEAR_10000 = 10_000 * 12


def parts_of(rrule):
    return dict(part.split("=") for part in rrule.split(";"))


def values(parts, name):
    return parts[name].split(",") if name in parts else []


def with_implied_days(parts, start):
    """As RFC 5545 takes them from DTSTART; the 31st is kept for months that have none."""
    if parts["FREQ"] == "DAILY" or "BYDAY" in parts or "BYMONTHDAY" in parts:
        return parts
    if parts["FREQ"] == "WEEKLY":
        return {**parts, "BYDAY": ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[start.weekday()]}
    months = values(parts, "BYMONTH") or ([start.month] if parts["FREQ"] == "YEARLY" else range(1, 13))
    longest = max(monthrange(2000, int(month))[1] for month in months)
    by_month = {"BYMONTH": ",".join(map(str, months))} if parts["FREQ"] == "YEARLY" or "BYMONTH" in parts else {}
    return {**parts, **by_month, "BYMONTHDAY": str(min(start.day, longest))}


def variants(parts):
    """Rules for dateutil whose union is the rule, each with the lengths of the months in which it counts."""
    for days in kinds_of_days(parts):
        rule = {**parts, "BYDAY": ",".join(days)} if days else parts
        yield rule, range(28, 32)
        if days or parts["FREQ"] == "DAILY":
            continue
        # Difference: in a shorter month the 31st is the last day, and the 31st from the end the first (as SKIP=BACKWARD of RFC 7529).
        for day in map(int, values(parts, "BYMONTHDAY")):
            if abs(day) > 28:
                yield {**rule, "BYMONTHDAY": "-1" if day > 0 else "1"}, range(28, abs(day))


def kinds_of_days(parts):
    """BYDAY without and with ordinals: dateutil intersects the two, where RFC 5545 unites the values of a list."""
    days = values(parts, "BYDAY")
    if not days:
        return [[]]
    is_of_year = parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts
    plain = [day for day in days if len(day) == 2]
    # dateutil fails at ordinals that no month has.
    ordinals = [day for day in days if len(day) > 2 and (is_of_year or abs(int(day[:-2])) <= 5)]
    return [kind for kind in (plain, ordinals) if kind]


def by_dateutil(parts, start, until):
    text = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    return rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=start)


def counted(dates, lengths):
    return (one for one in dates if monthrange(one.year, one.month)[1] in lengths)


def dates_of(parts, start, until):
    """Ascending. COUNT and UNTIL are left to the caller."""
    union = merge(*(counted(by_dateutil(rule, start, until), lengths) for rule, lengths in variants(parts)))
    return (one for one, _ in groupby(union))


def months_searched(parts, start):
    """The months, counted from year 0, that Doable searches for the next date."""
    interval = int(parts.get("INTERVAL", 1))
    months = set(map(int, values(parts, "BYMONTH"))) or set(range(1, 13))
    first = start.year * 12 + start.month - 1

    def is_met(index):
        if parts["FREQ"] == "MONTHLY":
            return (index - first) % interval == 0
        return parts["FREQ"] != "YEARLY" or (index // 12 - start.year) % interval == 0

    matching = (index for index in range(first, 40_000 * 12) if index % 12 + 1 in months and is_met(index))
    return list(islice(matching, MONTHS_SEARCHED))


def end_of_month(index):
    year, month = index // 12, index % 12 + 1
    return datetime(year, month, monthrange(year, month)[1], 23, 59)


def dates_after(parts, start):
    """With the interval counted from `start`, in the months that Doable searches."""
    months = [index for index in months_searched(parts, start) if index < YEAR_10000]
    found = dates_of(parts, start, end_of_month(months[-1])) if months else []
    return (one for one in found if one > start)


def comes_after_9999(parts, start):
    """Difference: then the series ends. The calendar is the same every 400 years."""
    later = {(index // 12 % 400 + 2000, index % 12 + 1) for index in months_searched(parts, start) if index >= YEAR_10000}
    every = dates_of({**parts, "INTERVAL": "1"}, datetime(2000, 1, 1), datetime(2399, 12, 31, 23)) if later else []
    return any((one.year, one.month) in later for one in every)


def let_go(parts, start):
    """Difference: an interval that never meets the rule's days counts for nothing in one step."""
    if int(parts.get("INTERVAL", 1)) == 1 or comes_after_9999(parts, start):
        return None
    return next(dates_after({**parts, "INTERVAL": "1"}, start), None)


def is_over(found, case, until):
    if until is None:
        return False
    if "T" not in until:
        # Difference: a day is meant to its end, also where the task has a time.
        return found.strftime("%Y%m%d") > until
    if not until.endswith("Z"):
        return found > datetime.strptime(until, "%Y%m%dT%H%M%S")
    zone = ZoneInfo(case["timezone"])
    end = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if case["time"] is None:
        return found.date() > end.astimezone(zone).date()
    return found.replace(tzinfo=zone).astimezone(UTC) > end


def next_dates(case):
    parts = parts_of(case["rrule"])
    start = datetime.fromisoformat(f"{case['date']}T{case['time'] or '00:00'}")
    if case["anchor"] == "due":
        parts = with_implied_days(parts, start)
    # This occurrence counts, whether the rule has its date or not.
    left = int(parts.get("COUNT", 10_000)) - 1
    dates = []
    coming = iter(())
    while len(dates) < min(DATES, left):
        # With the anchor completion the days follow the day of completion.
        expanded = with_implied_days(parts, start)
        # The interval goes on from each date as it did: what comes after the last one is known from the search before.
        found = next(coming, None) if expanded is parts else None
        if found is None:
            coming = dates_after(expanded, start)
            found = next(coming, None)
        if found is None:
            coming = iter(())
            found = let_go(expanded, start)
        if found is None or is_over(found, case, parts.get("UNTIL")):
            break
        dates.append(found.date().isoformat())
        start = found
    return dates


def rfc_dates(case):
    """All weekdays of all dates come round in 400 years. Of every day, as of every month, the other parts are limits."""
    parts = {**parts_of(case["rrule"]), "INTERVAL": "1"}
    if parts["FREQ"] == "DAILY":
        parts["FREQ"] = "MONTHLY"
    rules = [rule for rule, lengths in variants(parts) if 31 in lengths]
    dates = merge(*(by_dateutil(rule, datetime(2000, 1, 1), datetime(2400, 1, 1)) for rule in rules))
    return [one.date().isoformat() for one in islice(dates, 1)]


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(rfc_dates(case) if case.get("refused") else next_dates(case)), flush=True)
