/** The result of a client action for a form that the server accepted while the page stays. */
export interface AcceptedSubmission {
  isAccepted: true;
}

export function isAccepted(result: unknown): result is AcceptedSubmission {
  return typeof result === "object" && result !== null && "isAccepted" in result;
}
