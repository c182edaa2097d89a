import { z } from "zod";

const MESSAGE = "must be a whole number from 1 to 200";

export const PageLimit = z
  .string()
  .regex(/^\d{1,3}$/, MESSAGE)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 200, MESSAGE)
  .default(50);
