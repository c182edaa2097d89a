export const SCREENS = [360, 768, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    name: `${width} px, ${colorScheme}`,
    use: { viewport: { width, height: 800 }, colorScheme },
  })),
);
