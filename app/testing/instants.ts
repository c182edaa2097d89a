import fc from "fast-check";

/** From UTC−12 to UTC+14, with and without summer time, with offsets of half hours, and with a skipped day (Apia, 30 December 2011). */
const ZONES = [
  "Etc/GMT+12",
  "Pacific/Pago_Pago",
  "America/St_Johns",
  "America/New_York",
  "UTC",
  "Europe/Lisbon",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];

export const zone = fc.constantFrom(...ZONES);
export const instant = fc
  .integer({
    min: Temporal.Instant.from("1971-01-01T00:00Z").epochMilliseconds,
    max: Temporal.Instant.from("2100-01-01T00:00Z").epochMilliseconds,
  })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds));
