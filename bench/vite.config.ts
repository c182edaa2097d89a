import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** The floor as one file, with the components and rules that it shares with Doable. */
export default defineConfig({
  plugins: [tailwindcss()],
  publicDir: false,
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    ssr: "bench/floor/server.ts",
    outDir: "build/bench",
    target: "esnext",
    assetsInlineLimit: 0,
    // Of a page only what it renders: what loads it is Doable's.
    rolldownOptions: { treeshake: { moduleSideEffects: false } },
  },
});
