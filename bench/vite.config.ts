import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** Bundles the floor into one file, with the components and rules that it shares with Doable. */
export default defineConfig({
  plugins: [tailwindcss()],
  publicDir: false,
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    ssr: "bench/floor/server.ts",
    outDir: "build/bench",
    target: "esnext",
    assetsInlineLimit: 0,
    // Keeps the components of route files, and drops their loaders.
    rolldownOptions: { treeshake: { moduleSideEffects: false } },
  },
});
