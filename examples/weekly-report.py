#!/usr/bin/env python3
"""Prints a report of the week in Markdown: tasks done, overdue and coming up.

    DOABLE_URL=https://… DOABLE_KEY=doable_… ./weekly-report.py > week.md

Needs Python 3.9 or later and a key that may read.
"""

import json
import os
import sys
from datetime import date, datetime, timedelta, timezone
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

DAYS = 7


def call(path, method="GET", **headers):
    request = Request(os.environ["DOABLE_URL"].rstrip("/") + path, method=method, headers=headers)
    with urlopen(request, timeout=30) as response:
        return json.load(response)


def every_task(token, **query):
    """Yields the tasks of all pages."""
    cursor = {}
    while True:
        page = call("/api/me/tasks?" + urlencode({**query, "limit": 200, **cursor}), Authorization="Bearer " + token)
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        cursor = {"cursor": page["next_cursor"]}


def section(title, tasks, line):
    print(f"\n## {title} ({len(tasks)})\n")
    for task in tasks:
        print("- " + line(task))
    if not tasks:
        print("Nothing.")


def main():
    token = call("/api/token", method="POST", **{"X-API-Key": os.environ["DOABLE_KEY"]})["access_token"]
    since = datetime.now(timezone.utc) - timedelta(days=DAYS)
    done = [
        task
        for task in every_task(token, status="done", updated_since=since.strftime("%Y-%m-%dT%H:%M:%SZ"))
        if datetime.fromisoformat(task["completed_at"].replace("Z", "+00:00")) >= since
    ]
    done.sort(key=lambda task: task["completed_at"])
    late = list(every_task(token, view="overdue", sort="due"))
    coming = list(every_task(token, view="upcoming", sort="due", due_to=(date.today() + timedelta(days=DAYS)).isoformat()))

    print(f"# The week to {date.today().isoformat()}")
    section("Done", done, lambda task: f"{task['title']} ({task['completed_at'][:10]})")
    section("Late", late, lambda task: f"{task['title']} (was due {task['due']['date']})")
    section("Next", coming, lambda task: f"{task['title']} (due {task['due']['date']})")


if __name__ == "__main__":
    try:
        main()
    except KeyError as missing:
        sys.exit(f"{missing} is not set: see the head of this file")
    except HTTPError as refused:
        sys.exit(f"{refused.url}: {refused.code} {refused.read().decode()}")
