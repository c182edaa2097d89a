import type { Growth } from "./growth.ts";
import type { Measurement } from "./measure.ts";

export interface Results {
  date: string;
  machine: string;
  rounds: number;
  scenarios: Record<string, { doable?: Measurement; floor?: Measurement }>;
  growth?: Growth;
  process: Record<string, string>;
}
