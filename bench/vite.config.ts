import { defineConfig } from "vite";

/** The floor as one file, with the components and schemas that it shares with Doable. */
export default defineConfig({
  define: { "process.env.NODE_ENV": '"production"' },
  build: { ssr: "bench/floor/server.ts", outDir: "build/bench", target: "esnext", assetsInlineLimit: 0 },
});
