let isNextInBackground = false;

/** Loads the data of the page again without being asked to: the page stays if that fails. */
export function loadInBackground(revalidate: () => Promise<void>): void {
  isNextInBackground = true;
  void revalidate();
}

/** Whether the load that begins is one of `loadInBackground`. Called once by each load. */
export function takeIsInBackground(): boolean {
  const isInBackground = isNextInBackground;
  isNextInBackground = false;
  return isInBackground;
}
