import { expect, onTestFinished, test, vi } from "vitest";
import { startJobs } from "#app/jobs/scheduler.server.ts";

test("a job runs first after its delay and then at its interval, also after a run that failed", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const run = vi.fn(async () => {
    throw new Error("Enough");
  });
  startJobs([{ name: "test", firstAfter: 60_000, every: 3_600_000, run }]);
  const runsAfter = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    return run.mock.calls.length;
  };
  expect(await runsAfter(59_999)).toBe(0);
  expect(await runsAfter(1)).toBe(1);
  expect(await runsAfter(3_539_999)).toBe(1);
  expect(await runsAfter(1)).toBe(2);
  expect(await runsAfter(3_600_000)).toBe(3);
});
