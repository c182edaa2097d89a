let channel: BroadcastChannel | undefined;

/** `onChange` is called when another tab of the same account has submitted a form. Returns the clean-up function. */
export function listenToOtherTabs(userId: string, onChange: () => void): () => void {
  const opened = new BroadcastChannel(`changes of ${userId}`);
  opened.onmessage = onChange;
  channel = opened;
  return () => {
    opened.close();
    if (channel === opened) channel = undefined;
  };
}

export function notifyOtherTabs(): void {
  channel?.postMessage(null);
}
