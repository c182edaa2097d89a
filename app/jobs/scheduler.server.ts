import { cleanUp } from "#app/jobs/cleanup.server.ts";
import { log } from "#app/log.server.ts";

interface Job {
  name: string;
  /** In milliseconds: until the first run, so that a short-lived process runs it too, but not while it starts. */
  firstAfter: number;
  /** In milliseconds: between the starts of two runs. */
  every: number;
  run(): Promise<void>;
}

/** All that runs by the clock. Every instance runs every job, so a job must bear several at once. */
const JOBS: Job[] = [{ name: "cleanup", firstAfter: 60_000, every: 60 * 60_000, run: cleanUp }];

/** Runs the jobs by the clock for as long as the process lives. The timers do not keep the process alive. */
export function startJobs(jobs: Job[] = JOBS): void {
  for (const { name, firstAfter, every, run } of jobs) {
    const runOnce = () => void run().catch((error) => log.error({ event: "job.failed", job: name, err: error }, `${name} failed`));
    setTimeout(runOnce, firstAfter).unref();
    setInterval(runOnce, every).unref();
  }
}
