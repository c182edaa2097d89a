import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // The whole route manifest travels with the first page: nothing to discover later, and a simpler CSP.
  routeDiscovery: { mode: "initial" },
} satisfies Config;
