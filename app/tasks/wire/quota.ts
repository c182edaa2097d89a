import { z } from "zod";
import type { Usage } from "#app/tasks/outcome.ts";

export const QUOTA_NAMES = { taskCount: "tasks", listCount: "lists", textBytes: "text_bytes" } as const satisfies Record<
  keyof Usage,
  string
>;

export const QuotaName = z.enum(QUOTA_NAMES);
