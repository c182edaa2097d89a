import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchClock } from "#app/components/shell/watch-clock.ts";

const DAY = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function watch(milliseconds: number) {
  const isPutOff = { current: false };
  const calls: number[] = [];
  const start = Date.now();
  const stop = watchClock(start + milliseconds, isPutOff, () => calls.push(Date.now() - start));
  return { isPutOff, calls, stop };
}

test("the page is refreshed once, when the time has come", () => {
  for (const milliseconds of [1, 90_500, DAY, 40 * DAY]) {
    const { calls, stop } = watch(milliseconds);
    vi.advanceTimersByTime(milliseconds - 1);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(DAY);
    expect(calls).toEqual([milliseconds]);
    stop();
  }
});

test("a time that passes while timers stand still is noticed within a minute", () => {
  const { calls, stop } = watch(DAY);
  vi.advanceTimersByTime(90_000);
  vi.setSystemTime(Date.now() + 2 * DAY);
  vi.advanceTimersByTime(60_000);
  expect(calls).toHaveLength(1);
  stop();
});

test("what is put off is tried again every minute, before and after that time", () => {
  const { isPutOff, calls, stop } = watch(90_000);
  isPutOff.current = true;
  vi.advanceTimersByTime(250_000);
  expect(calls).toEqual([60_000, 90_000, 150_000, 210_000]);
  isPutOff.current = false;
  vi.advanceTimersByTime(DAY);
  expect(calls).toHaveLength(4);
  stop();
});

test("nothing is refreshed after the clean-up", () => {
  const { calls, stop } = watch(90_000);
  vi.advanceTimersByTime(70_000);
  stop();
  vi.advanceTimersByTime(DAY);
  expect(calls).toEqual([]);
});
