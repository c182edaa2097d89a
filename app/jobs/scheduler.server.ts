import { measureJob } from "#app/http/metrics.server.ts";
import { cleanUp } from "#app/jobs/cleanup.server.ts";
import { log } from "#app/log.server.ts";

interface Job {
  name: string;
  /** Milliseconds until the first run: after start-up, but within the life of a short-lived process. */
  firstAfter: number;
  /** Milliseconds between the starts of two runs. */
  every: number;
  run(): Promise<void>;
}

/** Every instance runs every job, so jobs must allow concurrent runs. */
const JOBS: Job[] = [{ name: "cleanup", firstAfter: 60_000, every: 60 * 60_000, run: cleanUp }];

/** The timers do not keep the process alive. */
export function startJobs(jobs: Job[] = JOBS): void {
  for (const { name, firstAfter, every, run } of jobs) {
    const runOnce = () =>
      void measureJob(name, run).catch((error) => log.error({ event: "job.failed", job: name, err: error }, `${name} failed`));
    setTimeout(runOnce, firstAfter).unref();
    setInterval(runOnce, every).unref();
  }
}
