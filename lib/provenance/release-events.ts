/** What starts a run whose word counts. Runs for somebody else's change, and runs that such a run starts, are missing on purpose. */
export const RELEASE_EVENTS = {
  github: ["push", "release", "workflow_dispatch", "schedule"],
  // `web` is the button, `push` also tags.
  gitlab: ["push", "web", "schedule"],
} as const;
